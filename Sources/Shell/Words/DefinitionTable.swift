/// The `def`s of a session by their names.
final class DefinitionTable {
  private var byName: [String: Definition] = [:]

  subscript(name: String) -> Definition? {
    get { byName[name] }
    // One of the same name is replaced, as the prompt needs it.
    set { byName[name] = newValue }
  }

  var names: [String] { Array(byName.keys) }

  /// All of them as they were written, for a task.
  var texts: [Definition.Text] { byName.values.map(\.text) }
}
