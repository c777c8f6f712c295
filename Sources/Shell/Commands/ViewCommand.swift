import Payload
import Script

/// `view NAME`
struct ViewCommand: Command {
  static let usage = Usage(
    "view", ["view \(View.all.map(\.name).joined(separator: "|"))"],
    "set how the messages of a socket are shown",
    details: """
      A frame that has not the form (no JSON, say) is shown as text. What is shown can be typed back, but for `raw`, \
      which writes the bytes as they are: a peer can drive your terminal with it.
      """,
    example: "view hex", actsOnSocket: true,
    takes: [.one(.view)])

  private let socket: SocketReference
  private let view: View

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    let word = try arguments.next("the name of a view")
    let name = try arguments.plainText(word, "a view's name")
    guard let view = View.named(name) else {
      let names = View.all.map(\.name)
      let near = didYouMean(name, among: names)
      throw arguments.error(
        "no view is named '\(name)'", at: word.span, label: near,
        help: near == nil ? ["the views are \(names.joined(separator: ", "))"] : [])
    }
    self.view = view
  }

  func run(in session: Session) throws(Failure) { try session.socket(socket).view = view }
}
