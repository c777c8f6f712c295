import Testing
import ZeroMQ

@Suite struct CurveCertificateTests {
  @Test func whatIsWrittenIsReadAgain() throws {
    for metadata in [[], [("name", "Ann")], [("name", "Ann \"A\" B"), ("email", "a=b #c"), ("empty", "")]] {
      let fields = metadata.map { CurveCertificate.Field($0.0, $0.1) }
      let certificate = try CurveCertificate.make(metadata: fields)
      let text = certificate.text(withSecret: true, tool: "test", date: "today")
      #expect(try CurveCertificate(text: text) == certificate)
      let open = certificate.text(withSecret: false, tool: "test", date: "today")
      #expect(
        try CurveCertificate(text: open)
          == CurveCertificate(publicKey: certificate.publicKey, metadata: fields))
      #expect(!open.contains(try #require(certificate.secretKey).text))
    }
  }

  @Test(arguments: [
    "", "curve\n", "public-key = \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\"", "curve\n  public-key = x",
  ])
  func whatHasNoKeyIsNoCertificate(text: String) {
    #expect(throws: OptionError.self) { try CurveCertificate(text: text) }
  }

  @Test func keysOfTwoPairsAreNoCertificate() throws {
    let (pair, other) = (try CurveKey.pair(), try CurveKey.pair())
    let odd = CurveCertificate(publicKey: pair.publicKey, secretKey: other.secretKey)
    #expect(throws: OptionError.self) {
      try CurveCertificate(text: odd.text(withSecret: true, tool: "test", date: "today"))
    }
  }

  @Test func tabsOtherQuotesAndOtherSectionsAreRead() throws {
    let key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
    for text in [
      "curve\n\tpublic-key = '\(key)'",
      "x\n    public-key = \"no\"\ncurve\n    public-key=\"\(key)\"  # a key",
      "\r\ncurve\r\n    public-key = \"\(key)\"\r\n",
    ] {
      #expect(try CurveCertificate(text: text).publicKey.text == key)
    }
  }

  @Test func aSecretKeyAloneHasItsPublicKey() throws {
    let pair = try CurveKey.pair()
    let text = "curve\n    secret-key = \"\(pair.secretKey.text)\"\n"
    #expect(try CurveCertificate(text: text).publicKey == pair.publicKey)
    #expect(try CurveCertificate(secretKey: pair.secretKey).publicKey == pair.publicKey)
  }
}
