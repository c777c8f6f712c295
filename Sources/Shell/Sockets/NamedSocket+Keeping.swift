import ZeroMQ

extension NamedSocket {
  /// Moves ``message`` into a variable, without a copy.
  func keepMessage(in slot: UnsafeMutablePointer<Value>) {
    // Taken out, so that the variable's own reference does not count.
    let old = slot.move()
    if case .message(var kept) = consume old, isKnownUniquelyReferenced(&kept) {
      replaceMessage(with: kept.exchange(with: message))
      slot.initialize(to: .message(kept))
      return
    }
    slot.initialize(to: .message(ReceivedMessage(message)))
    replaceMessage(with: Message())
  }
}
