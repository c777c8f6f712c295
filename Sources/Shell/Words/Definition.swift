import Script

/// A `def`: a block with parameters, run by its name.
///
/// It has variables of its own, its parameters first; the sockets are the caller's.
final class Definition {
  /// What was written, which can be handed to a task.
  struct Text: Sendable {
    let name: String
    let parameters: [String]
    let body: Block
    let source: SourceFile
  }

  let text: Text
  let scope = Scope()
  /// The ``PreparedBlock``, nil until the whole text around it has been prepared. It is kept without its type, so that a
  /// session, which holds the definitions, depends on no statement.
  var body: AnyObject?

  init(_ text: Text) {
    self.text = text
    // The parameters have the first slots.
    for parameter in text.parameters { _ = scope.bind(parameter) }
  }

  /// How it is called, for help.
  var synopsis: String { ([text.name] + text.parameters.map { $0.uppercased() }).joined(separator: " ") }

  /// How deep calls may nest: a limit of ours, so that a recursion without end is an error and no crash.
  static let mostCalls = 200

  /// That a call gives another number of arguments.
  static func countMessage(_ definition: Definition, _ count: Int) -> String {
    let wanted = definition.text.parameters.count
    return "'\(definition.text.name)' takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(count)"
  }
}
