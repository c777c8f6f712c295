@testable import Shell
import TestSupport
import Testing
import ZeroMQ

/// What the table makes of what a monitor tells: the sequences are those of the architecture's section 5.
@Suite struct ConnectionTableTests {
  private let endpoint = "tcp://127.0.0.1:5546"

  private func table(_ events: [(MonitorEvent.Kind, Int)]) -> ConnectionTable {
    var table = ConnectionTable()
    for (kind, value) in events {
      let address = kind == .connected || kind == .accepted ? "127.0.0.1:\(40_000 + value)" : nil
      table.note(MonitorEvent(kind: kind, value: value, endpoint: endpoint, peerAddress: address))
    }
    return table
  }

  @Test func `a handshake makes a peer`() {
    let table = table([(.connectDelayed, 115), (.connected, 9), (.handshakeSucceeded, 0)])
    #expect(table.readyCount == 1)
    #expect(table.ready.map(\.peerAddress) == ["127.0.0.1:40009"])
    #expect(table.ready[0].endpoint == endpoint && table.ready[0].readySince != nil)
    #expect(table.troubles.isEmpty && table.lostAt == nil)
  }

  @Test func `the end of a stream is no handshake that failed`() {
    var table = ConnectionTable(hasHandshake: false)
    for (kind, value) in [(MonitorEvent.Kind.accepted, 9), (.handshakeFailedNoDetail, 0), (.disconnected, 9)]
    {
      table.note(MonitorEvent(kind: kind, value: value, endpoint: endpoint, peerAddress: nil))
    }
    #expect(table.readyCount == 0 && table.lostCount == 1 && table.troubles.isEmpty)
  }

  @Test func `nobody listens`() {
    let once: [(MonitorEvent.Kind, Int)] = [(.connectDelayed, 115), (.closed, 9), (.connectRetried, 100)]
    let table = table(once + once + once)
    #expect(table.readyCount == 0)
    #expect(table.troubles[endpoint]?.event.kind == .connectRetried)
    #expect(table.troubles[endpoint]?.count == 3)
  }

  @Test func `the first try after a loss is planned and has not failed`() {
    let lost: [(MonitorEvent.Kind, Int)] = [
      (.connected, 9), (.handshakeSucceeded, 0), (.disconnected, 9), (.connectRetried, 100),
    ]
    let table = table(lost)
    #expect(table.troubles[endpoint]?.wasReady == true && table.troubles[endpoint]?.isRetried == true)
    let retried = self.table(lost + [(.connectDelayed, 115), (.closed, 9), (.connectRetried, 100)])
    #expect(retried.troubles[endpoint]?.wasReady == false)
    #expect(retried.troubles[endpoint]?.event.kind == .connectRetried)
  }

  @Test func `how a try failed`() {
    #expect(
      table([(.connectDelayed, 115), (.closed, 9), (.connectRetried, 100)]).failure(at: endpoint) == .refused)
    #expect(table([(.closed, 9), (.connectRetried, 100)]).failure(at: endpoint) == .atOnce)
    #expect(table([(.connectDelayed, 115)]).unanswered(at: endpoint) == nil, "an answer may be on its way")
  }

  @Test func `a message tells that a peer without a handshake is there`() {
    var table = table([(.connected, 9)])
    #expect(table.hasUntoldPeer && table.readyCount == 0)
    table.noteMessageOfOldPeer()
    #expect(!table.hasUntoldPeer && table.readyCount == 1)
    #expect(
      table.note(MonitorEvent(kind: .disconnected, value: 9, endpoint: endpoint, peerAddress: nil)).isLoss)
  }

  @Test func `a name that does not resolve is told by the retries alone`() {
    let table = table([(.connectRetried, 100), (.connectRetried, 200)])
    #expect(table.troubles[endpoint]?.count == 2)
  }

  @Test func `a peer of a type that does not fit`() {
    let table = table([(.connected, 9), (.disconnected, 9)])
    #expect(table.readyCount == 0 && table.all.isEmpty)
    #expect(table.troubles[endpoint]?.event.kind == .disconnected)
    #expect(table.lostCount == 0, "what never shook hands was not lost")
  }

  @Test func `no ZeroMQ there`() {
    let once: [(MonitorEvent.Kind, Int)] = [
      (.connectDelayed, 115), (.connected, 9), (.handshakeFailedNoDetail, 0), (.disconnected, 9),
      (.connectRetried, 100),
    ]
    let table = table(once + once)
    #expect(table.troubles[endpoint]?.event.kind == .handshakeFailedNoDetail, "the retry says less")
    #expect(table.readyCount == 0 && table.all.isEmpty && table.lostCount == 0)
  }

  @Test(arguments: [0x1100_0001, 0x1100_0002])
  func `another mechanism or other keys`(code: Int) {
    let table = table([
      (.connected, 9), (.handshakeFailedProtocol, code), (.disconnected, 9), (.connectRetried, 100),
    ])
    #expect(table.troubles[endpoint]?.event.kind == .handshakeFailedProtocol)
    #expect(table.troubles[endpoint]?.event.value == code)
  }

  @Test func `credentials that were refused`() {
    let table = table([
      (.connected, 9), (.handshakeFailedAuth, 400), (.disconnected, 9), (.connectRetried, 100),
    ])
    #expect(table.troubles[endpoint]?.event.kind == .handshakeFailedAuth)
    #expect(table.troubles[endpoint]?.event.value == 400)
  }

  @Test func `a peer that says nothing is neither a peer nor a trouble`() {
    let table = table([(.connectDelayed, 115), (.connected, 9)])
    #expect(table.readyCount == 0 && table.all.count == 1 && table.troubles.isEmpty)
  }

  @Test func `a server that goes is a loss, and the retries that follow a trouble`() {
    let table = table([
      (.connected, 9), (.handshakeSucceeded, 0), (.disconnected, 9), (.connectRetried, 100),
      (.connectDelayed, 115), (.closed, 9), (.connectRetried, 100),
    ])
    #expect(table.readyCount == 0 && table.lostCount == 1 && table.lostAt != nil)
    #expect(table.troubles[endpoint]?.event.kind == .connectRetried)
  }

  @Test func `a server that comes back ends the trouble and keeps the loss`() {
    let table = table([
      (.connected, 9), (.handshakeSucceeded, 0), (.disconnected, 9), (.connectRetried, 100), (.connected, 9),
      (.handshakeSucceeded, 0),
    ])
    #expect(table.readyCount == 1 && table.lostCount == 1 && table.troubles.isEmpty)
  }

  @Test func `many peers come and go at a bound socket`() {
    var events: [(MonitorEvent.Kind, Int)] = [(.listening, 8)]
    for descriptor in 10..<60 { events += [(.accepted, descriptor), (.handshakeSucceeded, 0)] }
    #expect(table(events).readyCount == 50)
    for descriptor in 10..<35 { events.append((.disconnected, descriptor)) }
    #expect(table(events).readyCount == 25 && table(events).lostCount == 25)
    // The system gives the descriptors again.
    for descriptor in 10..<35 { events += [(.accepted, descriptor), (.handshakeSucceeded, 0)] }
    let table = table(events)
    #expect(table.readyCount == 50)
    #expect(Set(table.ready.map(\.descriptor)).count == 50)
  }

  @Test func `a descriptor that is seen again is a new connection`() {
    let table = table([(.accepted, 9), (.handshakeSucceeded, 0), (.accepted, 9)])
    #expect(table.readyCount == 0 && table.all.count == 1)
  }

  @Test func `what is told of connections that were never seen changes nothing`() {
    let table = table([
      (.handshakeSucceeded, 0), (.disconnected, 7), (.closed, 7), (.monitorStopped, 0), (.listening, 3),
      (.bindFailed, 98), (.acceptFailed, 24), (.closeFailed, 9),
    ])
    #expect(table.readyCount == 0 && table.all.isEmpty && table.lostCount == 0 && table.troubles.isEmpty)
  }

  @Test func `any order of events keeps the count of peers true`() {
    var random = SplitMix(seed: 5)
    for _ in 0..<200 {
      var table = ConnectionTable()
      for _ in 0..<200 {
        let kind = MonitorEvent.Kind.all.randomElement(using: &random) ?? .connected
        let event = MonitorEvent(
          kind: kind, value: Int.random(in: 0..<6, using: &random),
          endpoint: "tcp://127.0.0.1:\(Int.random(in: 1...2, using: &random))")
        table.note(event)
        #expect(table.readyCount == table.ready.count)
        #expect(Set(table.all.map(\.descriptor)).count == table.all.count)
      }
    }
  }
}

extension ConnectionTable.Change? {
  fileprivate var isLoss: Bool { if case .lost = self { true } else { false } }
}
