import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whole files.
public enum FileContents {
  /// All bytes of a file; `-` is standard input.
  ///
  /// - Throws: The error of `open(2)` or `read(2)`, such as `ENOENT` or `EISDIR`.
  public static func read(_ path: String) throws(ZMQError) -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw ZMQError(code: errno) }
    defer { if path != "-" { close(descriptor) } }
    var contents: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
    defer { chunk.deallocate() }
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Darwin)
        let count = Darwin.read(descriptor, chunk.baseAddress, chunk.count)
      #endif
      if count == 0 { return contents }
      if count > 0 {
        contents.append(contentsOf: chunk[..<count])
      } else if errno != EINTR {
        throw ZMQError(code: errno)
      }
    }
  }
}
