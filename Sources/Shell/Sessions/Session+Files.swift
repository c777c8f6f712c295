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
  ///   - name: What an error calls it, the path unless told otherwise.
  ///   - most: How many bytes it may have.
  func readFile(_ path: String, called name: String? = nil, most: Int = 64 << 20, at place: Place)
    throws(Failure) -> [UInt8]
  {
    let deadline = currentDeadline()
    let shown = DisplayText.safe(name ?? path)
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
        .zmq(error), Diagnostic(.error, "cannot read '\(shown)': \(error) (\(error.name))", at: place))
    }
  }
}
