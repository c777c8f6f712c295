/// Options by their rows.
extension Socket {
  /// Reads an option.
  ///
  /// - Parameter option: The option.
  /// - Returns: Its value, in the unit of the option.
  /// - Throws: ``ZMQError/invalidArgument`` where the library does not have the option, or it is not to be
  ///   read.
  ///
  /// Source: `zmq_getsockopt(3)`.
  public func get(_ option: SocketOption) throws(ZMQError) -> OptionValue {
    guard option.access.isReadable else {
      throw .invalidArgument
    }
    switch option.kind {
    case .int32, .bool, .fileDescriptor:
      return .integer(Int64(try number(of: option.code, as: Int32.self)))
    case .int64:
      return .integer(try number(of: option.code, as: Int64.self))
    case .uint64:
      return .integer(Int64(bitPattern: try number(of: option.code, as: UInt64.self)))
    case .curveKey:
      return .bytes(try bytes(of: option.code, capacity: CurveKey.byteCount))
    case .bytes:
      return .bytes(try bytes(of: option.code, capacity: 1024))
    case .text:
      return .bytes(Array(try bytes(of: option.code, capacity: 4096).prefix { $0 != 0 }))
    }
  }

  /// Sets an option.
  ///
  /// - Parameters:
  ///   - option: The option. Many count only for what is bound or connected later: see
  ///     ``SocketOption/effect-swift.property``.
  ///   - value: The value, in the unit of the option. An empty text takes a text back, where libzmq can.
  /// - Throws: ``ZMQError/invalidArgument`` where the library does not have the option, it is not to be set,
  ///   does not go with the type of the socket, or the value is not one that it takes.
  ///
  /// Source: `zmq_setsockopt(3)`.
  public func set(_ option: SocketOption, to value: OptionValue) throws(ZMQError) {
    guard option.access.isWritable else {
      throw .invalidArgument
    }
    switch (option.kind, value) {
    case (.int32, .integer(let value)), (.bool, .integer(let value)), (.fileDescriptor, .integer(let value)):
      guard let value = Int32(exactly: value) else {
        throw .invalidArgument
      }
      try setNumber(of: option.code, to: value)
    case (.int64, .integer(let value)):
      try setNumber(of: option.code, to: value)
    case (.uint64, .integer(let value)):
      try setNumber(of: option.code, to: UInt64(bitPattern: value))
    case (.text, .bytes(let bytes)):
      // A null pointer takes a text back; a pointer to nothing is refused.
      try setBytes(of: option.code, to: bytes.isEmpty ? nil : bytes)
    case (.bytes, .bytes(let bytes)), (.curveKey, .bytes(let bytes)):
      try setBytes(of: option.code, to: bytes)
    default:
      throw .invalidArgument
    }
  }
}
