import Testing

@testable import Shell

/// Tables that peers fill hold no more than they say, and stay true.
@Suite struct BoundedTableTests {
  private func prefix(_ number: Int) -> [UInt8] { Array("topic \(number)".utf8) }

  @Test func `subscriptions beyond those known by name are counted, and taken back`() {
    var table = SubscriberTable()
    for number in 0..<SubscriberTable.most + 5 { table.note([1] + prefix(number)) }
    #expect(table.prefixes.count == SubscriberTable.most && table.unnamed == 5)
    let unknown = Array("topic \(SubscriberTable.most + 1)".utf8)
    #expect(table.count(unknown) == 0)
    // It may be one of those that are not known by name.
    #expect(unknown.withUnsafeBytes { table.matchCount($0, isWhole: true) > 0 })
    for number in 0..<SubscriberTable.most + 5 { table.note([0] + prefix(number)) }
    #expect(table.prefixes.isEmpty && table.unnamed == 0)
    #expect(!unknown.withUnsafeBytes { table.matchCount($0, isWhole: true) > 0 })
    table.note([1] + unknown)
    #expect(table.count(unknown) == 1)
  }

  @Test func `long subscriptions are known by name as long as they have room`() {
    var table = SubscriberTable()
    for number in 0..<5 {
      table.note([1, UInt8(number)] + [UInt8](repeating: 7, count: SubscriberTable.mostBytes / 2 - 1))
    }
    #expect(table.prefixes.count == 2 && table.unnamed == 3)
  }

  @Test func `the newest routing ids are known, and no more of them`() {
    var table = RoutingIDs()
    for number in 0..<RoutingIDs.most + 100 { table.note([0] + Array("\(number)".utf8)) }
    #expect(table.ids.count == RoutingIDs.most)
    #expect(!table.contains([0] + Array("99".utf8)) && table.contains([0] + Array("100".utf8)))
    #expect(table.alias(of: [0] + Array("\(RoutingIDs.most + 99)".utf8)) == "@\(RoutingIDs.most + 100)")
    #expect(table.alias(of: [0] + Array("5".utf8)) == nil)
  }
}
