import Testing

@testable import Suite

@Suite struct ShuffleTests {
  @Test("a seed gives the same order in every version")
  func aSeedGivesTheSameOrder() {
    var shuffle = Shuffle(seed: 42)
    #expect(shuffle.order(Array(0..<8)) == [3, 1, 6, 2, 4, 0, 7, 5])
  }

  @Test("every order is an order of the same elements", arguments: [0, 1, 2, 3, 17, 100])
  func everyOrderIsOneOfTheSameElements(_ count: Int) {
    for seed: UInt64 in [0, 1, .max] {
      var shuffle = Shuffle(seed: seed)
      #expect(shuffle.order(Array(0..<count)).sorted() == Array(0..<count))
    }
  }

  @Test(
    "a comment at the head says why a script is left out",
    arguments: [
      ("# skip: no server", "no server"), ("#!/x\n\n#skip:why \r\nrecv", "why"),
      ("# skip:\nrecv", "it says so"),
      ("recv\n# skip: too late", nil), ("# skipped: no", nil), ("", nil),
    ])
  func aCommentLeavesAScriptOut(_ text: String, _ reason: String?) {
    #expect(SkipComment.reason(in: Array(text.utf8)) == reason)
  }
}
