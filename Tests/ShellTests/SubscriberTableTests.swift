@testable import Shell
import Testing

@Suite struct SubscriberTableTests {
  private func matches(_ table: SubscriberTable, _ text: String, isWhole: Bool = true) -> Bool {
    Array(text.utf8).withUnsafeBytes { table.matchCount($0, isWhole: isWhole) > 0 }
  }

  private func table(_ messages: [[UInt8]]) -> SubscriberTable {
    var table = SubscriberTable()
    for message in messages { table.note(message) }
    return table
  }

  private func subscribe(_ prefix: String) -> [UInt8] { [1] + Array(prefix.utf8) }
  private func unsubscribe(_ prefix: String) -> [UInt8] { [0] + Array(prefix.utf8) }

  @Test func `the subscribers of each prefix are counted`() {
    let table = table([subscribe("a"), subscribe("a"), subscribe("b")])
    #expect(table.prefixes == [Array("a".utf8), Array("b".utf8)])
    #expect(table.count(Array("a".utf8)) == 2 && table.count(Array("b".utf8)) == 1 && table.count(nil) == 2)
    #expect(table.count(Array("c".utf8)) == 0 && table.count([]) == 0)
  }

  @Test func `the last one who goes leaves nothing behind`() {
    let one = table([subscribe("a"), subscribe("a"), unsubscribe("a")])
    #expect(one.count(nil) == 1 && matches(one, "a"))
    let none = table([subscribe("a"), subscribe("a"), unsubscribe("a"), unsubscribe("a")])
    #expect(none.count(nil) == 0 && none.prefixes.isEmpty)
    #expect(!matches(none, "a"))
  }

  @Test func `what is no subscription changes nothing`() {
    let table = table([[], [2, 65], [255], unsubscribe("never asked for")])
    #expect(table.prefixes.isEmpty)
  }

  @Test func `a message matches the prefixes that it begins with`() {
    let table = table([subscribe("wea"), subscribe("sport ")])
    #expect(matches(table, "weather") && matches(table, "wea") && matches(table, "sport 3:1"))
    #expect(
      !matches(table, "we") && !matches(table, "sport") && !matches(table, "") && !matches(table, "Wea"))
  }

  @Test func `the empty prefix matches all`() {
    let table = table([subscribe("")])
    #expect(matches(table, "") && matches(table, "anything"))
  }

  @Test func `the beginning of a longer frame may match a longer prefix`() {
    let table = table([subscribe("weather")])
    #expect(matches(table, "wea", isWhole: false) && !matches(table, "wea"))
    #expect(!matches(table, "sport", isWhole: false))
  }

  @Test func `subscribers are told apart by their connections`() {
    var table = SubscriberTable()
    for (text, descriptor) in [("a", 9), ("a", 9), ("ab", 9), ("a", 10)] {
      table.note(subscribe(text), from: descriptor)
    }
    #expect(table.count(Array("a".utf8)) == 2, "one of them subscribed twice")
    #expect(Array("abc".utf8).withUnsafeBytes { table.matchCount($0, isWhole: true) } == 2)
    #expect(table.prefixes(of: 9).count == 2 && table.prefixes(of: 11).isEmpty)
    table.note(unsubscribe("a"), from: 9)
    #expect(table.count(Array("a".utf8)) == 1)
  }

  @Test(arguments: [true, false])
  func `a subscriber that leaves takes back what was its own alone`(monitorIsFirst: Bool) {
    var table = SubscriberTable()
    table.note(subscribe("a"), from: 9)
    table.note(subscribe("a"), from: 10)
    // libzmq takes it back without saying whose it was, before or after the monitor tells that the peer has gone.
    if monitorIsFirst { table.forget(9) }
    table.note(unsubscribe("a"))
    if !monitorIsFirst { table.forget(9) }
    #expect(table.count(Array("a".utf8)) == 1)
    // One that came over inproc meanwhile is another.
    table.note(subscribe("a"))
    #expect(table.count(Array("a".utf8)) == 2)
    table.note(unsubscribe("a"))
    #expect(table.count(Array("a".utf8)) == 1)
    table.forget(10)
    table.note(unsubscribe("a"))
    #expect(table.prefixes.isEmpty && table.count(nil) == 0)
  }
}
