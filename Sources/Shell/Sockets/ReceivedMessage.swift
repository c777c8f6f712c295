import ZeroMQ

/// A message that a script keeps, its bytes still where libzmq put them.
///
/// It is unchecked `Sendable` because its content changes only in ``exchange(with:)``, which is called where
/// nobody else holds it; otherwise it is only read, which libzmq allows on any thread.
final class ReceivedMessage: @unchecked Sendable {
  @exclusivity(unchecked) private var message: Message

  init(_ message: Message) { self.message = message }

  /// How many frames it has.
  var count: Int { message.count }
  /// The bytes of all frames together.
  var size: Int { message.size }
  var frames: [[UInt8]] { message.frames }
  /// The peer's address (`Peer-Address`, zmq_msg_gets(3)), where the transport knows it.
  var peer: String? { message.property("Peer-Address") }
  /// What the ZAP handler named the peer (`User-Id`, RFC 27).
  var user: String? { message.property("User-Id") }

  /// A frame's bytes, which live as long as this.
  func frame(_ index: Int) -> UnsafeRawBufferPointer { message.frame(index) }

  /// Takes a new content and gives the old one to be used again, so that a loop that keeps each message
  /// allocates nothing.
  ///
  /// - Precondition: Nobody else holds this.
  func exchange(with other: Message) -> Message {
    let old = message
    message = other
    return old
  }
}
