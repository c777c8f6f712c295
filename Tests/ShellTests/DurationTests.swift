@testable import Shell
import TestSupport
import Testing

@Suite struct DurationTests {
  private func read(_ text: String) -> Duration? { Duration(scriptBytes: Array(text.utf8)) }

  @Test(arguments: [
    ("0", Duration.zero), ("0s", .zero), ("1us", .microseconds(1)), ("250ms", .milliseconds(250)),
    ("2s", .seconds(2)), ("1.5s", .milliseconds(1500)), ("1m", .seconds(60)), ("1h", .seconds(3600)),
    ("0.5ms", .microseconds(500)), ("1_000ms", .seconds(1)), ("2555555h", .seconds(9_199_998_000)),
  ])
  func `a length of time is read with its unit`(text: String, expected: Duration) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    "", "5", "s", "ms", "-1s", "+1s", "1 s", " 1s", "1s ", "1d", "1S", "1sec", "1s2", "1.2.3s", "1e3s", "..s",
    ".s", "_s", "infs", "nans", "0x1s", "99999999h", "1h30m", "٣s", "1s\0",
  ])
  func `anything else is none`(text: String) {
    #expect(read(text) == nil)
  }

  @Test func `what is shown is read as the same length`() {
    var random = SplitMix(seed: 1)
    for _ in 0..<50_000 {
      // Microseconds are the shortest unit; 100 days, because a `Double` reads them.
      let bits = Int64.random(in: 0..<43, using: &random)
      let duration = Duration.microseconds(Int64.random(in: 0...(1 << bits), using: &random))
      #expect(read(duration.scriptText) == duration, "\(duration.scriptText)")
    }
  }

  @Test func `what is shown of years is read as the same length`() {
    #expect(read("315360000000001us")?.nanoseconds == 315_360_000_000_001_000)
  }

  @Test func `what is shown of nanoseconds is read as the same length`() {
    #expect(read(Duration.nanoseconds(5).scriptText)?.nanoseconds == 5)
    #expect(read(Duration.nanoseconds(1_234_567_891).scriptText)?.nanoseconds == 1_234_567_891)
  }

  @Test(arguments: [
    (Duration.zero, "0s"), (.microseconds(1), "1us"), (.milliseconds(250), "250ms"), (.seconds(90), "90s"),
    (.seconds(120), "2m"), (.seconds(7200), "2h"), (.milliseconds(1500), "1500ms"), (.seconds(-5), "-5s"),
    (.milliseconds(-1), "-1ms"), (.nanoseconds(1), "1ns"), (.nanoseconds(-1), "-1ns"),
    (.nanoseconds(1_500_000_001), "1.500000001s"),
  ])
  func `a length of time is shown in its largest whole unit`(duration: Duration, text: String) {
    #expect(duration.scriptText == text)
  }

  @Test func `the text of every duration can be made`() async {
    let numbers: [Int64] = [.max, .max - 1, .min + 1, .min + 808, 0, 1, -1]
    for number in numbers {
      #expect(!Duration.nanoseconds(number).scriptText.isEmpty)
      #expect(!Duration.nanoseconds(number).spokenText.isEmpty)
    }
    await #expect(processExitsWith: .success) { _ = Duration.nanoseconds(Int64.min).scriptText }
  }

  @Test func `nanoseconds are held at the ends`() {
    #expect(Duration.seconds(Int64.max).nanoseconds == .max)
    #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    #expect((Duration.nanoseconds(Int64.max) + .nanoseconds(1)).nanoseconds == .max)
    #expect((Duration.zero - .nanoseconds(Int64.max)).nanoseconds == -Int64.max)
  }

  @Test func `milliseconds for C are rounded up, so that no wait ends early`() {
    #expect(Duration.zero.milliseconds == 0)
    #expect(Duration.seconds(-1).milliseconds == 0)
    #expect(Duration.nanoseconds(1).milliseconds == 1)
    #expect(Duration.milliseconds(5).milliseconds == 5)
    #expect(Duration.nanoseconds(5_000_001).milliseconds == 6)
    #expect(Duration.seconds(Int64.max).milliseconds > 0)
  }

  @Test(arguments: [
    (Duration.zero, "0 ms"), (.microseconds(40), "0 ms"), (.milliseconds(40), "40 ms"), (.seconds(3), "3 s"),
    (.milliseconds(3249), "3.2 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min"),
    (.seconds(3599), "59 min"),
    (.seconds(5400), "1.5 h"), (.seconds(-5), "0 ms"),
  ])
  func `people are told short times`(duration: Duration, text: String) {
    #expect(duration.spokenText == text)
  }

  @Test func `the end of time is no overflow`() {
    #expect(Instant.now + .seconds(Int64.max) == .never)
    #expect(Instant.never + .seconds(1) == .never)
    #expect(Instant.past < .now && Instant.now < .never)
  }
}
