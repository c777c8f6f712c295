import Payload
import Script
import ZeroMQ

/// Statements of a recording as the text of a script, and the files beside it that hold long frames.
struct RecordingText {
  /// The script.
  private let path: String
  /// The names of the files that were written, by their contents.
  private var payloads: [[UInt8]: String] = [:]

  init(path: String) { self.path = path }

  /// The line that tells what the file is.
  static let head = Array("# Recorded by zsh-mq; `zsh-mq run` replays it.\n".utf8)

  /// The lines of statements, laid out as `fmt` does. Long frames are written beside the script first.
  mutating func lines(of statements: [RecordedStatement], _ plan: PortPlan) throws(ZMQError) -> [UInt8] {
    var lines: [UInt8] = []
    for statement in statements {
      let text = try text(of: statement, plan)
      // What would not parse would spoil the script that is there.
      guard let line = try? Formatter.format(SourceFile(name: path, bytes: text)) else { continue }
      lines += line
    }
    return lines
  }

  private mutating func text(of statement: RecordedStatement, _ plan: PortPlan) throws(ZMQError) -> [UInt8] {
    var texts: [[UInt8]] = []
    for member in statement.members {
      var text: [UInt8] = []
      for piece in member {
        switch piece {
        case .text(let bytes): text += bytes
        case .port(let word): text += plan.text(of: word).utf8
        case .payload(let frame): text += try fileWord(frame).utf8
        }
      }
      texts.append(text)
    }
    if texts.count == 1 { return texts[0] }
    return Array("unordered { ".utf8) + texts.joined(separator: Array("; ".utf8)) + Array(" }".utf8)
  }

  /// `file:NAME`, written where it is not there yet.
  private mutating func fileWord(_ frame: [UInt8]) throws(ZMQError) -> String {
    let name: String
    if let known = payloads[frame] {
      name = known
    } else {
      let base = path.hasSuffix(".zs") ? String(path.dropLast(3)) : path
      let file = "\(base).\(payloads.count + 1).bin"
      try FileContents.replace(file, with: frame)
      name = file.split(separator: "/").last.map(String.init) ?? file
      payloads[frame] = name
    }
    return "file:" + TextView.word(Array(name.utf8))
  }
}
