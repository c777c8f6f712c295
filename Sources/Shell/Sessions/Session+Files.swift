import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that statements read: `source`, `file:`.
extension Session {
  /// All bytes of a file. A FIFO or a device is waited for as long as a statement may wait.
  ///
  /// - Parameters:
  ///   - path: The file, as it is opened.
  ///   - given: As the script has it, where that is relative to the script.
  ///   - most: How many bytes it may have.
  func readFile(_ path: String, given: String? = nil, most: Int = 64 << 20, at place: Place)
    throws(Failure) -> [UInt8]
  {
    let deadline = currentDeadline()
    let shown = DisplayText.safe(path)
    do {
      return try FileContents.read(path, stoppedBy: interrupt, until: deadline.instant, most: most)
    } catch {
      if error == .interrupted { throw interruption() }
      if error.code == ETIMEDOUT {
        throw Failure(
          .timeout,
          Diagnostic(
            .error, "cannot read '\(shown)' within \(deadline.length.scriptText)", at: place,
            label: "its end has not come"))
      }
      throw Failure(
        .zmq(error),
        Diagnostic(
          .error, "cannot read '\(shown)': \(error) (\(error.name))", at: place,
          help: given.map { FileContents.misplaced($0, beside: path) } ?? []))
    }
  }
}
