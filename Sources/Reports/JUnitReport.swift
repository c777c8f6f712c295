import Script

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// JUnit's XML as CI servers read it: a suite a folder, a case a script.
///
/// An expectation that did not hold is a `failure`, all else that goes wrong an `error`. Written by hand: the format
/// is six elements, and a library for XML would bring all of Foundation into the program.
public final class JUnitReport: Report {
  /// The cases of one folder.
  private struct Suite {
    let folder: String
    var cases: [String] = []
    var failures = 0
    var errors = 0
    var skipped = 0
    var took: Duration = .zero
  }

  private var suites: [Suite] = []
  private let timestamp: String
  private let hostname: String

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - timestamp: When it began, as `2026-01-31T23:59:59`; the time now, in UTC, unless given.
  ///   - hostname: The machine; this one unless given.
  public init(timestamp: String? = nil, hostname: String? = nil) {
    self.timestamp = timestamp ?? Self.now
    self.hostname = hostname ?? Self.machine
  }

  /// Nothing yet: counts stand at the beginning.
  public func begin(_ count: Int) -> String { "" }

  /// Nothing yet.
  public func add(_ result: ScriptResult) -> String {
    let (folder, file) = Self.split(result)
    if suites.last?.folder != folder, !suites.contains(where: { $0.folder == folder }) {
      suites.append(Suite(folder: folder))
    }
    guard let index = suites.firstIndex(where: { $0.folder == folder }) else { return "" }
    suites[index].took += result.took
    suites[index].cases.append(testCase(result, named: file, in: folder))
    if result.isFailure {
      if result.isMismatch { suites[index].failures += 1 } else { suites[index].errors += 1 }
    } else if result.outcome != .passed {
      suites[index].skipped += 1
    }
    return ""
  }

  /// The whole document.
  public func end(_ summary: Summary) -> String {
    let failures = suites.reduce(0) { $0 + $1.failures }
    let errors = suites.reduce(0) { $0 + $1.errors }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let head = [
      ("name", "zsh-mq test"), ("tests", "\(summary.count)"), ("failures", "\(failures)"),
      ("errors", "\(errors)"), ("time", summary.took.secondsText(digits: 3)),
    ]
    text += "<testsuites\(attributes(head))>\n"
    for (index, suite) in suites.enumerated() {
      let head = [
        ("name", suite.folder), ("tests", "\(suite.cases.count)"), ("failures", "\(suite.failures)"),
        ("errors", "\(suite.errors)"), ("skipped", "\(suite.skipped)"),
        ("time", suite.took.secondsText(digits: 3)), ("timestamp", timestamp), ("hostname", hostname),
        ("id", "\(index)"),
      ]
      text += "  <testsuite\(attributes(head))>\n" + suite.cases.joined() + "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private func testCase(_ result: ScriptResult, named name: String, in folder: String) -> String {
    // Servers show classes as a tree by their dots.
    let className = folder == "." ? "scripts" : folder.replacing("/", with: ".")
    let head = attributes([
      ("name", name), ("classname", className), ("time", result.took.secondsText(digits: 3)),
    ])
    var parts = ""
    if result.isFailure {
      let element = result.isMismatch ? "failure" : "error"
      let pictures = result.failures.map { $0.picture + "\n" }.joined()
      let detail = LastPhase(result.events).text() + pictures
      let message = attributes([("message", result.reason ?? ""), ("type", type(of: result))])
      parts += "      <\(element)\(message)>\(Markup.escaped(detail))</\(element)>\n"
    } else if let reason = result.reason {
      parts += "      <skipped\(attributes([("message", reason)]))/>\n"
    }
    for (element, output) in [("system-out", result.output), ("system-err", result.errors)]
    where !output.isEmpty {
      parts += "      <\(element)>\(Markup.escaped(output.text))</\(element)>\n"
    }
    return parts.isEmpty
      ? "    <testcase\(head)/>\n" : "    <testcase\(head)>\n\(parts)    </testcase>\n"
  }

  private func type(of result: ScriptResult) -> String {
    switch result.outcome {
    case .failed(.mismatch): "expectation"
    case .failed(.syntax): "syntax"
    case .failed(.timeout): "timeout"
    case .failed: "failure"
    case .crashed: "crash"
    case .overran: "limit"
    default: "unusable"
    }
  }

  private func attributes(_ pairs: [(String, String)]) -> String {
    pairs.map { " \($0)=\"\(Markup.escaped(DisplayText.safe($1), inAttribute: true))\"" }.joined()
  }

  /// The folder of a script, `.` for this one, and its name with the number of the run.
  private static func split(_ result: ScriptResult) -> (folder: String, file: String) {
    let name = result.name
    // The run's number holds a slash too.
    let path = DisplayText.safe(result.path)
    guard let slash = path.lastIndex(of: "/") else { return (".", name) }
    let length = path[...slash].count
    return (String(path[..<slash]).isEmpty ? "/" : String(path[..<slash]), String(name.dropFirst(length)))
  }

  private static var now: String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }

  private static var machine: String {
    var name = [CChar](repeating: 0, count: 256)
    // The last byte stays 0, also where the name is cut off.
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
