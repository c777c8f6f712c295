import Payload

/// Text of a peer or a script in a message for the user: nothing of it may drive the terminal.
enum TerminalSafe {
  static func text(_ text: String) -> String {
    // Dollar signs and quotes are harmless on a screen; only what ``TextView`` must escape matters here.
    text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }
      ? text : TextView.escaped(Array(text.utf8))
  }
}
