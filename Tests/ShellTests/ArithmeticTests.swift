import Script
@testable import Shell
import TestSupport
import Testing

@Suite struct ArithmeticTests {
  private static let operators = BinaryOperator.allCases.filter { $0 != .and && $0 != .or }
  private static let edges: [Int64] = [
    .min, .min + 1, -4_611_686_018_427_387_904, -3_037_000_500, -1000, -7, -1, 0, 1, 2, 7, 1000,
    3_037_000_500, 4_611_686_018_427_387_904, .max - 1, .max,
  ]

  // MARK: Integers

  /// What the operators give, computed in 128 bits, or nil for an error.
  private func wide(_ operation: BinaryOperator, _ a: Int64, _ b: Int64) -> Int128? {
    let (x, y) = (Int128(a), Int128(b))
    switch operation {
    case .plus: return x + y
    case .minus: return x - y
    case .times: return x * y
    case .divide: return y == 0 ? nil : x / y
    // The one remainder whose division overflows is refused like it.
    default: return y == 0 || (a == .min && b == -1) ? nil : x % y
    }
  }

  private func check(_ a: Int64, _ b: Int64) throws {
    for operation in [BinaryOperator.plus, .minus, .times, .divide, .remainder] {
      let expected = wide(operation, a, b).flatMap { Int64(exactly: $0) }
      do throws(ValueError) {
        let value = try Arithmetic.apply(operation, .integer(a), .integer(b))
        guard case .integer(let number) = value else {
          Issue.record("\(a) \(operation.rawValue) \(b) is \(value)")
          return
        }
        #expect(number == expected, "\(a) \(operation.rawValue) \(b)")
      } catch {
        #expect(expected == nil, "\(a) \(operation.rawValue) \(b): \(error.message)")
        #expect(["integer overflow", "division by zero"].contains(error.message))
        #expect(error.label?.contains("\(a) \(operation.rawValue) \(b)") == true)
      }
    }
    for (operation, holds) in [
      (BinaryOperator.less, a < b), (.lessOrEqual, a <= b), (.greater, a > b), (.greaterOrEqual, a >= b),
      (.equal, a == b), (.notEqual, a != b),
    ] {
      guard case .boolean(holds) = try Arithmetic.apply(operation, .integer(a), .integer(b)) else {
        Issue.record("\(a) \(operation.rawValue) \(b)")
        continue
      }
    }
  }

  @Test func `integers at their edges give the right number or an error`() throws {
    for a in Self.edges { for b in Self.edges { try check(a, b) } }
  }

  @Test func `random integers give the right number or an error`() throws {
    var random = SplitMix(seed: 1)
    for _ in 0..<20_000 {
      // Numbers of every length: most random ones are huge.
      let a = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
      let b = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
      try check(a, b)
    }
  }

  @Test func `negation gives the right number or an error`() throws {
    for number in Self.edges where number != .min {
      guard case .integer(-number) = try Arithmetic.negate(.integer(number)) else {
        Issue.record("-(\(number))")
        continue
      }
    }
    #expect(throws: ValueError.self) { try Arithmetic.negate(.integer(.min)) }
  }

  // MARK: Values of every kind

  private func value(_ random: inout SplitMix, depth: Int = 0) -> Value {
    switch Int.random(in: 0..<(depth < 2 ? 10 : 7), using: &random) {
    case 0: return .integer(Self.edges.randomElement(using: &random) ?? 0)
    case 1:
      return .float(
        [0, -0.0, 1, -1.5, 1e300, -1e300, .infinity, -.infinity, .nan, 9.3e18, .leastNonzeroMagnitude]
          .randomElement(using: &random) ?? 0)
    case 2: return .boolean(Bool.random(using: &random))
    case 3:
      // Of the shortest, see DurationTests.
      return .duration(.nanoseconds(max(Self.edges.randomElement(using: &random) ?? 0, .min + 1)))
    case 4:
      return .bytes(
        (0..<Int.random(in: 0..<40, using: &random)).map { _ in .random(in: 0...255, using: &random) })
    case 5: return .socket("client")
    case 6: return .undefined
    case 7: return .range(Int64.random(in: -3...3, using: &random), Int64.random(in: -3...3, using: &random))
    default:
      return .list(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
    }
  }

  @Test func `no operator traps, whatever the values`() {
    var random = SplitMix(seed: 2)
    var errors = 0
    for _ in 0..<50_000 {
      let (left, right) = (value(&random), value(&random))
      let operation = Self.operators.randomElement(using: &random) ?? .plus
      do throws(ValueError) {
        let result = try Arithmetic.apply(operation, left, right)
        // The text of the shortest duration is a known issue of DurationTests.
        if case .duration(.nanoseconds(Int64.min)) = result { continue }
        _ = result.bytes
      } catch {
        errors += 1
        #expect(!error.message.isEmpty && !error.message.hasSuffix("."))
        #expect((error.label ?? "").count < 200)
      }
      _ = try? Arithmetic.negate(left)
      _ = left.bytes
    }
    #expect(errors > 1000, "the mixed types were tried")
  }

  @Test func `equality is the same from both sides, and unequal is its opposite`() {
    var random = SplitMix(seed: 3)
    for _ in 0..<20_000 {
      let (left, right) = (value(&random), value(&random))
      let there = try? Arithmetic.areEqual(left, right)
      #expect(there == (try? Arithmetic.areEqual(right, left)), "\(left) and \(right)")
      if let there {
        guard case .boolean(!there)? = try? Arithmetic.apply(.notEqual, left, right) else {
          Issue.record("\(left) != \(right)")
          continue
        }
      }
    }
  }

  @Test func `no function traps, whatever the value`() {
    var random = SplitMix(seed: 4)
    for _ in 0..<20_000 {
      let argument = value(&random)
      for function in Function.all where function.parameters.count == 1 {
        do throws(ValueError) {
          _ = try function.body([argument]).bytes
        } catch {
          #expect(!error.message.isEmpty)
        }
      }
    }
  }

  // MARK: Mixed types

  @Test(arguments: [
    ("1 + 0.5", "1.5"), ("0.5 + 1", "1.5"), ("3 * 1.5", "4.5"), ("7 / 2", "3"), ("7 / 2.0", "3.5"),
    ("-7 / 2", "-3"), ("-7 % 3", "-1"), ("7.5 % 2", "1.5"), ("1s + 500ms", "1500ms"), ("3 * 1s", "3s"),
    ("1s * 3", "3s"), ("1m / 2", "30s"), ("1s / 250ms", "4.0"), ("1s - 3s", "-2s"), ("\"a\" + \"b\"", "ab"),
    ("[1] + [2, 3]", "1 2 3"), ("1 == 1.0", "true"), ("[1, 2] == 1..2", "true"), ("[] == 2..1", "true"),
    ("\"a\" < \"b\"", "true"), ("\"a\" < \"B\"", "false"), ("1s > 999ms", "true"), ("1000ms == 1s", "true"),
    ("2 < 10", "true"), ("\"2\" < \"10\"", "false"), ("1 < 1.5", "true"), ("!(1 < 2)", "false"),
    ("[\"a\", [1, 2s]] == [\"a\", [1, 2000ms]]", "true"), ("64KiB", "65536"),
    ("len(\"Grüße\")", "7"), ("int(-2.9)", "-2"), ("float(1500ms)", "1.5"), ("str(1..3)", "1 2 3"),
    ("1 + 2 * 3 - 4 / 2", "5"), ("true || 1 / 0 == 1", "true"), ("false && 1 / 0 == 1", "false"),
  ])
  func `an expression has its value`(expression: String, expected: String) throws {
    let shell = try TestShell()
    #expect(shell.run("let x = \(expression)\nprint $x") == .completed, "\(shell.listener.take())")
    #expect(shell.written == expected + "\n")
  }

  @Test(arguments: [
    "\"5546\" + 1", "1 + \"5546\"", "1s + 1", "1 - 1s", "1s * 1s", "2 / 1s", "1s % 2", "true + 1",
    "true < false",
    "[1] + 1", "[1] < [2]", "[1] == 1", "1 == \"1\"", "(1..2) + (1..2)", "-\"a\"", "!1", "true && 1", "-[1]",
    "len(5)", "int(\"4x\")", "int(\"\")", "int(1e300)", "float(\"x\")", "int(true)",
  ])
  func `types that do not go together are an error at a place`(expression: String) throws {
    let shell = try TestShell()
    #expect(shell.run("let x = \(expression)") == .failed(.failed))
    let diagnostics = shell.listener.take()
    #expect(diagnostics.count == 1 && diagnostics[0].place != nil)
  }
}
