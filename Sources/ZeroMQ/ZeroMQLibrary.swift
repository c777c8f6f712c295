import CZeroMQ

/// The libzmq that the program runs with.
public enum ZeroMQLibrary {
  /// The version of the library that is linked, which need not be that of the header.
  ///
  /// Source: `zmq_version(3)`.
  public static var version: (major: Int, minor: Int, patch: Int) {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    zmq_version(&major, &minor, &patch)
    return (Int(major), Int(minor), Int(patch))
  }

  /// The version as text, such as `4.3.4`.
  public static var versionText: String {
    let (major, minor, patch) = version
    return "\(major).\(minor).\(patch)"
  }

  /// Whether the library was built with a capability.
  ///
  /// - Parameter capability: `ipc`, `pgm`, `tipc`, `norm`, `curve`, `gssapi`, `vmci`, `ws`, `wss` or
  ///   `draft`; anything else is none.
  ///
  /// Source: `zmq_has(3)`.
  public static func has(_ capability: String) -> Bool {
    zmq_has(capability) == 1
  }
}
