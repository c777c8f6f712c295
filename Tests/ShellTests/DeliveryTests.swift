@testable import Shell
import Testing

@Suite struct DeliveryTests {
  @Test(arguments: [
    (Delivery.oneOf(1, awaited: 0), "sent to 1 peer"),
    (.endpoint("tcp://127.0.0.1:5546"), "sent to tcp://127.0.0.1:5546"),
    (.queuedFor(["tcp://127.0.0.1:5546"]), "queued for tcp://127.0.0.1:5546: no peer is there yet"),
    (.peers(1), "sent to 1 peer"), (.peers(2), "sent to 2 peers"),
    (.subscribers(1...1), "sent to 1 subscriber"), (.subscribers(1...3), "sent to 1 to 3 subscribers"),
    (.peer("@1"), "sent to @1"), (.queued, "queued: no peer yet"),
    (.dropped(.noSubscriber), "dropped: no subscriber"),
  ])
  func `what became of a message is told in a few words`(delivery: Delivery, text: String) {
    #expect(delivery.text() == text)
    #expect(delivery.text(ofMessages: 20) == "20 messages \(text)")
  }

  @Test(arguments: [
    (Delivery.oneOf(3, awaited: 0), "sent to one of 3 peers", "20 messages sent to 3 peers, in turn"),
    (
      .oneOf(1, awaited: 2), "sent to 1 peer, or queued for 2 not there yet",
      "20 messages sent to 1 peer or queued for 2 not there yet, in turn"
    ),
    (
      .oneOf(2, awaited: 1), "sent to one of 2 peers, or queued for 1 not there yet",
      "20 messages sent to 2 peers or queued for 1 not there yet, in turn"
    ),
  ])
  func `one message goes to one of several peers, and several go in turn`(
    delivery: Delivery, one: String, several: String
  ) {
    #expect(delivery.text() == one)
    #expect(delivery.text(ofMessages: 20) == several)
  }

  @Test func `the one message of a statement may be seen to have gone somewhere`() {
    let log = log([("client", .oneOf(1, awaited: 1))])
    #expect(log.unlocated?.socket == "client")
    log.locate(.queuedFor(["tcp://127.0.0.1:5556"]))
    #expect(log.unlocated == nil)
    #expect(told(log.takeAll()) == ["queued for tcp://127.0.0.1:5556: no peer is there yet"])
    log.note(.oneOf(2, awaited: 0), of: "client")
    log.note(.oneOf(2, awaited: 0), of: "client")
    #expect(log.unlocated == nil, "of two, nobody can tell")
  }

  /// What a statement tells: `LINE` or `SUBJECT: LINE`.
  private func told(_ lines: [DeliveryLog.Line]) -> [String] {
    lines.map { line in
      let text = line.delivery.text(ofMessages: line.count)
      return line.subject.map { "\($0): \(text)" } ?? text
    }
  }

  private func log(_ deliveries: [(String, Delivery)]) -> DeliveryLog {
    let log = DeliveryLog()
    for (socket, delivery) in deliveries { log.note(delivery, of: socket) }
    return log
  }

  @Test func `the messages of a loop are told in one line`() {
    let log = log(Array(repeating: ("out", .oneOf(1, awaited: 0)), count: 1000))
    #expect(told(log.takeAll()) == ["1000 messages sent to 1 peer"])
    #expect(log.takeAll().isEmpty, "the next statement begins anew")
  }

  @Test func `what went different ways is told apart`() {
    let log = log([
      ("out", .queued), ("out", .queued), ("out", .oneOf(1, awaited: 0)), ("out", .oneOf(2, awaited: 0)),
    ])
    #expect(told(log.takeAll()) == ["2 messages queued: no peer yet", "2 messages sent to 2 peers, in turn"])
  }

  @Test func `peers are counted and subscribers given as a range`() {
    let peers = log([("hub", .peer("a")), ("hub", .peer("b")), ("hub", .peer("a"))])
    #expect(told(peers.takeAll()) == ["3 messages sent to 2 peers"])
    let subscribers = log([
      ("news", .subscribers(2...2)), ("news", .subscribers(5...5)), ("news", .subscribers(3...3)),
    ])
    #expect(told(subscribers.takeAll()) == ["3 messages sent to 2 to 5 subscribers"])
  }

  @Test func `sockets are named where there are several, and counted where there are many`() {
    let two = log([("a", .peers(1)), ("b", .queued)])
    #expect(told(two.takeAll()) == ["'a': sent to 1 peer", "'b': queued: no peer yet"])
    let many = log((1...9).map { ("socket\($0)", .peers(1)) })
    #expect(told(many.takeAll()) == ["9 sockets: 9 messages sent to 1 peer"])
  }

  @Test func `what explains a wait is told before it, and not again where nothing was added`() {
    let log = log([("out", .queued)])
    #expect(log.hasNews)
    #expect(told(log.takeNews()) == ["queued: no peer yet"])
    #expect(!log.hasNews && log.takeNews().isEmpty && log.takeAll().isEmpty)
    for _ in 1...3 { log.note(.dropped(.noSubscriber), of: "news") }
    #expect(told(log.takeNews()) == ["3 messages dropped: no subscriber"])
    log.note(.dropped(.noSubscriber), of: "news")
    #expect(!log.hasNews)
    #expect(told(log.takeAll()) == ["4 messages dropped: no subscriber"], "with those that were told")
  }
}
