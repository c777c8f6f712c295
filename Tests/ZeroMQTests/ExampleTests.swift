import Foundation
import Testing
import ZeroMQ

@Suite struct ExampleTests {
  @Test func theExampleOfTheOverviewRuns() throws {
    // example
    let context = try Context()
    let server = try Socket(.rep, in: context)
    try server.bind("tcp://127.0.0.1:*")

    let client = try Socket(.req, in: context)
    try client.connect(try server.lastEndpoint)
    try client.send(Array("Hello".utf8))

    let request = try server.receive()
    try server.send(request.bytes(0) + Array(" World".utf8))

    let reply = try client.receive()
    let text = String(decoding: reply.frame(0), as: UTF8.self)
    // end
    #expect(text == "Hello World")
  }

  @Test func theExampleThatRunsIsThatOfTheOverview() throws {
    let test = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = test.split(separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex(of: "    // example"))
    let end = try #require(lines.firstIndex(of: "    // end"))
    let example = lines[begin + 1..<end].map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }
    let overview = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/ZeroMQ/ZeroMQ.docc/ZeroMQ.md"), encoding: .utf8)
    #expect(overview.contains("```swift\n" + example.joined(separator: "\n") + "\n```"))
  }
}
