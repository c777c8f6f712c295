import ZeroMQ

/// A ROUTER that leaves out a peer whose routing id it has already.
extension Diagnosis {
  static let handoverCure =
    "another `routing_id` at that peer, or `router_handover=1` here, with which the second takes the id over"

  static func takenID(of socket: NamedSocket) -> String? {
    socket.addressOfTakenID.map {
      "\($0) sends, and nothing of it arrives: another peer has its routing id, it seems"
    }
  }
}
