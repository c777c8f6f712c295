import Payload
import Script
import ZeroMQ

/// What the name before a word's `:` makes of the rest: `hex:00ff`, `file:./image.png`.
enum FrameEncoding {
  case encoding(Encoding)
  /// The contents of a file; the path is relative to this folder.
  case file(relativeTo: String)

  /// The frame that an argument stands for.
  func frame(_ argument: [UInt8], at place: Place, in session: Session) throws(Failure) -> [UInt8] {
    switch self {
    case .encoding(let encoding):
      do {
        return try encoding.frame(argument)
      } catch {
        throw Failure(.value, Diagnostic(.error, error.message, at: place, help: error.help))
      }
    case .file(let folder):
      let path = String(decoding: argument, as: UTF8.self)
      return try session.readFile(
        FileContents.path(path, relativeTo: folder), given: path, most: 1 << 30, at: place)
    }
  }
}
