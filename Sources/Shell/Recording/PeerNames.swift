/// The variables in which a recording keeps the routing ids that libzmq chose at random.
///
/// An id is bound where it is first seen (`expect _ "" Hello as request`) and is `$request[0]` from then on.
struct PeerNames {
  /// An id's variable, and what is written for the id.
  private struct Holder {
    let name: String
    let text: String
  }

  private var holders: [[UInt8]: Holder] = [:]
  private var made: Set<String> = []

  /// Whether libzmq chose a routing id: five bytes, the first of them 0, which no user's id may begin with. RFC 28.
  static func isRandom(_ id: [UInt8]) -> Bool { id.count == 5 && id[0] == 0 }

  /// What is written for an id, and the variable that it reads; nil for one that no variable holds.
  func text(of id: [UInt8]) -> (text: String, name: String)? { holders[id].map { ($0.text, $0.name) } }

  /// Whether there are any ids at all.
  var isEmpty: Bool { holders.isEmpty }

  /// Notes that a variable, or a part of one, holds an id.
  mutating func hold(_ id: [UInt8], in name: String, text: String) {
    holders[id] = Holder(name: name, text: text)
  }

  /// Variables were set anew: they hold other things now.
  mutating func forget(_ names: Set<String>) {
    if names.isEmpty || holders.isEmpty { return }
    holders = holders.filter { !names.contains($0.value.name) }
  }

  /// A name for a message whose sender is new: `request`, `request2`, …
  mutating func freshName(besides taken: (String) -> Bool) -> String {
    var name = "request"
    var number = 1
    while made.contains(name) || taken(name) {
      number += 1
      name = "request\(number)"
    }
    made.insert(name)
    return name
  }
}
