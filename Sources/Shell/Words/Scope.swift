/// The variable names of one script or task, each with the slot that holds its value.
///
/// Names become slots once, when a statement is prepared; a running statement knows only slots.
final class Scope {
  private(set) var slots: [String: Int]
  /// How many slots a ``Frame`` for this scope must have.
  private(set) var count: Int
  /// Names that a statement sets, and not only reads.
  private(set) var bound: Set<String>
  /// Slots that a statement reads: one that none reads need not be set.
  private var read: Set<Int> = []

  init() {
    slots = [:]
    count = 0
    bound = []
  }

  /// A scope that begins with the given names in the same slots.
  init(_ names: Names) {
    slots = names.slots
    count = names.count
    bound = names.bound
  }

  /// What a scope knows, to be handed to another thread.
  struct Names: Sendable {
    let slots: [String: Int]
    let count: Int
    let bound: Set<String>
  }

  var names: Names { Names(slots: slots, count: count, bound: bound) }

  /// A scope of its own that begins with the same names in the same slots: a task's.
  func copy() -> Scope { Scope(names) }

  /// The slot of a name that is read. It may be bound further down: a loop runs more than once.
  func slot(of name: String) -> Int {
    let slot = place(name)
    read.insert(slot)
    return slot
  }

  /// The slot of a name that a statement sets.
  func bind(_ name: String) -> Int {
    bound.insert(name)
    return place(name)
  }

  /// The slot of the `$i` that stands here, if one does; it counts as read.
  func readIndex() -> Int? { bound.contains("i") ? slot(of: "i") : nil }

  /// Runs `body` with a name standing for a slot that is there already.
  func naming<Result>(_ name: String, _ slot: Int?, _ body: () -> Result) -> Result {
    guard let slot else { return body() }
    let outer = slots[name]
    let wasBound = bound.contains(name)
    slots[name] = slot
    bound.insert(name)
    let result = body()
    slots[name] = outer
    if !wasBound { bound.remove(name) }
    return result
  }

  func isRead(_ slot: Int) -> Bool { read.contains(slot) }

  /// Takes over what a copy of this scope reads.
  func noteReads(of copy: Scope) { read.formUnion(copy.read) }

  private func place(_ name: String) -> Int {
    if let slot = slots[name] { return slot }
    slots[name] = count
    count += 1
    return count - 1
  }

  /// Runs `body` with the name standing for a new slot, as the `$i` of each `repeat` is its own.
  func shadowing<Result>(_ name: String, _ body: (Int) -> Result) -> Result {
    let slot = count
    count += 1
    return naming(name, slot) { body(slot) }
  }
}

/// The values of a script's or task's variables while it runs.
final class Frame {
  private(set) var values: UnsafeMutablePointer<Value>
  private var capacity: Int
  /// `$1 …`
  let arguments: [[UInt8]]
  /// `$0`
  let scriptName: String

  init(arguments: [[UInt8]] = [], scriptName: String, values initial: [Value] = []) {
    capacity = max(16, initial.count)
    values = .allocate(capacity: capacity)
    values.initialize(repeating: .undefined, count: capacity)
    for (slot, value) in initial.enumerated() { values[slot] = value }
    self.arguments = arguments
    self.scriptName = scriptName
  }

  deinit {
    values.deinitialize(count: capacity)
    values.deallocate()
  }

  /// Makes room for every slot of a scope that may have grown since.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    let wanted = max(count, capacity * 2)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
    larger.moveInitialize(from: values, count: capacity)
    (larger + capacity).initialize(repeating: .undefined, count: wanted - capacity)
    values.deallocate()
    values = larger
    capacity = wanted
  }

  /// The values of the first slots, to begin a task with.
  func snapshot(_ count: Int) -> [Value] {
    (0..<min(count, capacity)).map { values[$0] }
  }
}
