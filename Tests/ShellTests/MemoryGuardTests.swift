import Testing

@testable import Shell

@Suite struct MemoryGuardTests {
  private static let mebibyte = Int64(1) << 20

  @Test(arguments: [
    (mebibyte, 0, 0, false),
    (mebibyte + 1, 0, 0, true),
    (2 * mebibyte, 0, mebibyte, false),
    (2 * mebibyte + 1, 0, mebibyte, true),
    (0, 64 * mebibyte, 64 * mebibyte, false),
    (0, Int64.max, 1, true),
    (Int64.max, Int64.max, Int64.max, false),
  ])
  func `what is more than a message within the limit is much`(
    bytes: Int64, growth: Int64, limit: Int64, isMuch: Bool
  ) {
    #expect(MemoryGuard.isMuch(bytes, growth: growth, for: limit) == isMuch)
  }
}
