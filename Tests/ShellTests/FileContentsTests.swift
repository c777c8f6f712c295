import Testing

@testable import Shell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct FileContentsTests {
  /// Calls with the path of a file in a folder that is there for as long.
  private func withPath(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/zsh-mq-file-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
      for name in FolderEntries.read(Array(folder.utf8)).map({ String(decoding: $0.name, as: UTF8.self) }) {
        unlink("\(folder)/\(name)")
      }
      rmdir(folder)
    }
    try body("\(folder)/file")
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func `what a killed process left is not in the way of another one with its id`() throws {
    try withPath { path in
      try FileContents.replace("\(path).\(getpid()).new", with: [1])
      try FileContents.replace(path, with: [2])
      #expect(try FileContents.read(path) == [2])
    }
  }

  @Test func `a file that is replaced keeps its mode, and nothing stands beside it`() throws {
    try withPath { path in
      try FileContents.replace(path, with: [1])
      chmod(path, 0o662)
      try FileContents.replace(path, with: [2])
      #expect(mode(of: path) == 0o662)
      let folder = Array(path.utf8.dropLast("/file".utf8.count))
      #expect(FolderEntries.read(folder).map(\.name) == [Array("file".utf8)])
    }
  }
}
