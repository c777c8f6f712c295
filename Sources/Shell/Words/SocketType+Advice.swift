import ZeroMQ

extension SocketType {
  /// What to say of a word that is no socket type, and what to do about it.
  ///
  /// - Parameter names: What might have been meant besides a type.
  static func advice(for name: String, among names: [String] = []) -> (label: String?, help: [String]) {
    if let draft = drafts.first(where: { $0.name == name.lowercased() }) {
      let label =
        ZeroMQLibrary.has("draft")
        ? "it is a type of libzmq's draft API, and zsh-mq has the stable types"
        : "it is a type of libzmq's draft API, which this libzmq was built without"
      return (label, draft.nearest.map { ["of the stable types, `\($0.name)` comes nearest"] } ?? [])
    }
    let types = allCases.map(\.name)
    let near = didYouMean(name, among: names + types)
    return (near, near == nil ? ["the types are \(types.joined(separator: ", "))"] : [])
  }
}
