@testable import Shell
import Testing

@Suite struct EnvelopeTests {
  @Test(arguments: [
    (["body"], false, false), (["", "body"], true, true), (["", ""], true, true), ([""], false, false),
    (["to", "", "body"], true, false), (["\0\0\0\u{1}", "", "body"], true, true),
    (["a", "b", ""], false, false),
    (["", "", "body"], true, true),
  ])
  func `a REP finds the body behind an empty frame, and a REQ right behind it`(
    words: [String], rep: Bool, req: Bool
  ) {
    let frames = words.map { Array($0.utf8) }
    let plain = Envelope(ofMessage: frames, toPeer: false)
    #expect(plain.suitsREP == rep && plain.suitsREQ == req && plain.peer.isEmpty)
    let addressed = Envelope(ofMessage: [Array("anna".utf8)] + frames, toPeer: true)
    #expect(addressed.suitsREP == rep && addressed.suitsREQ == req && addressed.peer == Array("anna".utf8))
  }
}
