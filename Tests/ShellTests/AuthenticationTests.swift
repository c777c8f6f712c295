import Testing
import ZeroMQ

@testable import Shell

@Suite struct AuthenticationTests {
  static func request(
    _ address: String = "127.0.0.1", domain: String = "", _ mechanism: String = "NULL",
    _ credentials: [[UInt8]] = []
  ) throws -> AuthRequest {
    let head = ["1.0", "7", domain, address, "", mechanism].map { Array($0.utf8) }
    return try #require(AuthRequest(head + credentials))
  }

  @Test(arguments: [
    ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("10.0.0.0/8", "10.255.1.1", true),
    ("10.0.0.0/8", "11.0.0.1", false), ("192.168.128.0/17", "192.168.127.255", false),
    ("192.168.128.0/17", "192.168.128.1", true), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
    ("::1", "::1", true), ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe80::1", false),
    ("fe80::1", "fe80::1%eth0", true),
    ("127.0.0.1", "::ffff:127.0.0.1", true), ("ipc", "localhost:0:0:42", true), ("ipc", "127.0.0.1", false),
    ("127.0.0.1", "localhost:0:0:42", false), ("127.0.0.1", "", false),
  ])
  func aRangeHoldsItsAddresses(range: String, address: String, holds: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(address) == holds)
  }

  @Test(arguments: ["", "localhost", "10.0.0.0/33", "10.0.0/8", "::1/129", "1.2.3.4/", "1.2.3.4/-1", "/8"])
  func whatIsNoAddressIsNoRange(text: String) { #expect(AddressRange(text) == nil) }

  @Test func aDeniedAddressIsRefusedWhateverElseHolds() throws {
    var policy = AuthPolicy()
    #expect(policy.verdict(on: try Self.request()).isAllowed)
    policy.allowed = [try #require(AddressRange("127.0.0.0/8"))]
    #expect(policy.verdict(on: try Self.request()).isAllowed)
    #expect(!policy.verdict(on: try Self.request("10.0.0.1")).isAllowed)
    policy.denied = [try #require(AddressRange("127.0.0.1"))]
    #expect(!policy.verdict(on: try Self.request()).isAllowed)
    let alice = try Self.request("127.0.0.1", "PLAIN", [Array("alice".utf8), Array("secret".utf8)])
    policy.users[""] = [Array("alice".utf8): Array("secret".utf8)]
    #expect(!policy.verdict(on: alice).isAllowed)
  }

  @Test func aPasswordMustBeTheWholeOne() throws {
    var policy = AuthPolicy()
    policy.users["inside"] = [Array("alice".utf8): Array("secret".utf8)]
    func verdict(_ password: String, domain: String = "inside", user: String = "alice") throws -> AuthVerdict
    {
      policy.verdict(on: try Self.request(domain: domain, "PLAIN", [Array(user.utf8), Array(password.utf8)]))
    }
    #expect(try verdict("secret").isAllowed)
    for wrong in ["", "secre", "secrets", "Secret"] {
      #expect(try !verdict(wrong).isAllowed)
      #expect(try !verdict(wrong).text.contains("secre"))
    }
    #expect(try !verdict("secret", domain: "outside").isAllowed)
    #expect(try !verdict("secret", user: "bob").isAllowed)
    #expect(try verdict("secret").reply[2] == Array("200".utf8))
    #expect(try verdict("no").reply[2] == Array("400".utf8))
  }

  @Test func aKeyIsLetInByItsDomainOrByAny() throws {
    let (key, _) = try CurveKey.pair()
    let (other, _) = try CurveKey.pair()
    var policy = AuthPolicy()
    func isAllowed(_ key: CurveKey, domain: String) throws -> Bool {
      policy.verdict(on: try Self.request(domain: domain, "CURVE", [key.bytes])).isAllowed
    }
    #expect(try !isAllowed(key, domain: ""))
    policy.keys["inside"] = AuthPolicy.KeySet(keys: [key])
    #expect(try isAllowed(key, domain: "inside"))
    #expect(try !isAllowed(key, domain: "outside"))
    #expect(try !isAllowed(other, domain: "inside"))
    policy.keys[""] = AuthPolicy.KeySet(isAny: true)
    #expect(try isAllowed(other, domain: "outside"))
  }

  @Test(arguments: [
    [], ["1.0"], ["2.0", "7", "", "127.0.0.1", "", "NULL"],
    ["1.0", "7", "", "127.0.0.1", "", "CURVE", "short"],
  ])
  func whatIsNoRequestIsNotRead(frames: [String]) {
    #expect(AuthRequest(frames.map { Array($0.utf8) }) == nil)
  }

  @Test(arguments: ["GSSAPI", "NULL", "PLAIN"])
  func credentialsThatDoNotFitTheMechanismAreRefused(mechanism: String) throws {
    var policy = AuthPolicy()
    let request = try Self.request("127.0.0.1", mechanism, [[1], [2], [3]])
    #expect(!policy.verdict(on: request).isAllowed)
  }
}
