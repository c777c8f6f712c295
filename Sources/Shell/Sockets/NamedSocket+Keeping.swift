import ZeroMQ

extension NamedSocket {
  /// Moves ``message`` into a variable, without a copy.
  func keepMessage(in slot: UnsafeMutablePointer<Value>) {
    if case .message(var kept) = slot.pointee {
      // Emptied first, so that the variable's own reference does not count.
      slot.pointee = .undefined
      if isKnownUniquelyReferenced(&kept) {
        replaceMessage(with: kept.exchange(with: message))
        slot.pointee = .message(kept)
        return
      }
    }
    slot.pointee = .message(ReceivedMessage(message))
    replaceMessage(with: Message())
  }
}
