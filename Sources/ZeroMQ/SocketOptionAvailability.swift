/// What the library that is linked has of the options.
extension SocketOption {
  /// Whether the library that is linked has this option.
  ///
  /// Some options of the draft API work in libraries without it, and some builds leave transports and
  /// mechanisms out, so the library is asked, once.
  public var isAvailable: Bool {
    !Self.unavailable.contains(code)
  }

  /// Why a library may lack it, in words.
  public var absence: String {
    let linked = ZeroMQLibrary.version
    let numbers = (since ?? "").split(separator: ".").compactMap { Int($0) }
    let isOld = [linked.major, linked.minor, linked.patch].lexicographicallyPrecedes(numbers)
    let parts = [
      isOld ? since.map { "of libzmq \($0)" } : nil,
      isDraft ? "of the draft API, which few libraries are built with" : nil,
    ].compactMap { $0 }
    return "it is "
      + (parts.isEmpty ? "of what this library was built without" : parts.joined(separator: ", and "))
  }

  private static let unavailable: Set<Int32> = {
    var codes: Set<Int32> = []
    guard let context = try? Context() else {
      return codes
    }
    for option in all {
      guard let type = option.types.first, let socket = try? Socket(type, in: context) else {
        continue
      }
      do throws(ZMQError) {
        if option.access.isReadable {
          _ = try socket.get(option)
        } else if option.isDraft {
          // Only the draft ones: setting is how a new number shows, and libzmq has the others for long.
          let isNumber = option.kind == .int32 || option.kind == .bool
          try socket.set(option, to: isNumber ? .integer(0) : .bytes(Array("X-a:b".utf8)))
        }
      } catch .invalidArgument {
        codes.insert(option.code)
      } catch {}
    }
    return codes
  }()
}
