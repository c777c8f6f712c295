import ZeroMQ

#if canImport(Glibc)
  import Glibc
  private let (systemClose, systemWrite) = (Glibc.close, Glibc.write)
#elseif canImport(Musl)
  import Musl
  private let (systemClose, systemWrite) = (Musl.close, Musl.write)
#elseif canImport(Darwin)
  import Darwin
  private let (systemClose, systemWrite) = (Darwin.close, Darwin.write)
#endif

extension Session {
  /// Shows lines in a program that the user leaves when he has read enough.
  ///
  /// Ctrl-C is the pager's own while it runs. What tasks print meanwhile comes after it.
  ///
  /// - Returns: Whether they were shown: not where the pager cannot be started.
  func page(_ lines: [String], through command: String) -> Bool {
    guard allowsPrograms, let ends = try? ChildProcess.pipe() else { return false }
    var text = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
    _ = fcntl(ends.write, F_SETFL, O_NONBLOCK)
    var input: Int32? = ends.write
    func closeInput() {
      if let descriptor = input { _ = systemClose(descriptor) }
      input = nil
    }
    defer { closeInput() }
    // The words of the pager may have quotes and variables: they are the system shell's.
    let words = ["/bin/sh", "-c", command].map { Array($0.utf8) }
    let child = try? ChildProcess(words, input: ends.read, output: nil, isForeground: true)
    _ = systemClose(ends.read)
    guard let child else { return false }
    runtime.output.hold(waking: interrupt)
    defer { runtime.output.release() }
    while true {
      text = write(text, to: ends.write, isOpen: input != nil)
      if text.isEmpty { closeInput() }
      if let status = child.exitStatus() {
        interrupt.take(.interrupt)
        // What the system shell says of a program that it does not find.
        return status != 127 && status != 126
      }
      _ = try? loop.wait(until: .now + .milliseconds(10)) { false }
      if !interrupt.raised.isDisjoint(with: [.terminate, .hangup]) {
        child.terminate()
        return true
      }
      interrupt.take([.interrupt, .taskFailed])
    }
  }

  /// Writes as much as the pager takes now, and gives the rest; nothing where it reads no more.
  private func write(_ text: ArraySlice<UInt8>, to descriptor: Int32, isOpen: Bool) -> ArraySlice<UInt8> {
    guard isOpen else { return [] }
    var rest = text
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in systemWrite(descriptor, bytes.baseAddress, bytes.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        return rest
      } else if errno != EINTR {
        return []
      }
    }
    return []
  }
}
