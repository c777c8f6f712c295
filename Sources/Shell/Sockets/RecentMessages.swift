import Payload

/// The last messages of a socket, for the picture of a failure: each with its direction, its time, its number of
/// frames and the first bytes of its first frame.
///
/// A message costs a few stores and no allocation.
final class RecentMessages {
  /// One message that was sent or received.
  private struct Entry {
    var isSent = false
    var at = Instant.past
    var frames = 0
    /// How many bytes of the first frame are kept.
    var kept = 0
    /// Whether the first frame had more.
    var isShortened = false
  }

  /// How many are remembered: a power of two, so that the place of the next is a mask away.
  private static let capacity = 8
  private static let mostBytes = 24

  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
  private let bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity * mostBytes, alignment: 1)
  /// How many were noted in all.
  @exclusivity(unchecked) private var total = 0
  /// The number of the one that was sent last; its entry may be another's by now.
  @exclusivity(unchecked) private var lastSent = -1

  init() { entries.initialize(repeating: Entry(), count: Self.capacity) }

  deinit {
    entries.deallocate()
    bytes.deallocate()
  }

  @inline(__always)
  func noteSent(_ firstFrame: UnsafeRawBufferPointer, frames: Int, at moment: Instant) {
    lastSent = total
    note(firstFrame, frames: frames, at: moment, isSent: true)
  }

  @inline(__always)
  func noteReceived(_ firstFrame: UnsafeRawBufferPointer, frames: Int, at moment: Instant) {
    note(firstFrame, frames: frames, at: moment, isSent: false)
  }

  @inline(__always)
  private func note(_ firstFrame: UnsafeRawBufferPointer, frames: Int, at moment: Instant, isSent: Bool) {
    let index = total & (Self.capacity - 1)
    let kept = min(firstFrame.count, Self.mostBytes)
    entries[index] = Entry(
      isSent: isSent, at: moment, frames: frames, kept: kept, isShortened: kept < firstFrame.count)
    if let start = firstFrame.baseAddress {
      (bytes + index * Self.mostBytes).copyMemory(from: start, byteCount: kept)
    }
    total &+= 1
  }

  /// What the first frame of the message sent last begins with, whether that is all of it, and whether it is the only
  /// one; nil where nothing was sent, or too much was received since.
  var lastSentFrame: (bytes: UnsafeRawBufferPointer, isWhole: Bool, isOnly: Bool)? {
    guard lastSent >= 0, total - lastSent <= Self.capacity else { return nil }
    let index = lastSent & (Self.capacity - 1)
    return (kept(at: index), !entries[index].isShortened, entries[index].frames == 1)
  }

  /// The first frame of the message sent last, shortened, in quotes.
  var lastSentText: String { lastSentFrame == nil ? "a message" : text(at: lastSent & (Self.capacity - 1)) }

  /// The newest messages, oldest first, in words: `sent "Hello" 3 ms ago`.
  ///
  /// - Parameter skippingLast: How many of the newest are left out, because they are told in another way.
  func told(skippingLast skipped: Int = 0) -> [String] {
    let end = total - skipped
    let start = max(0, total - Self.capacity)
    guard start < end else { return [] }
    return (start..<end).map { number in
      let index = number & (Self.capacity - 1)
      let entry = entries[index]
      let more = entry.frames > 1 ? " and \(entry.frames - 1) more frame\(entry.frames == 2 ? "" : "s")" : ""
      return "\(entry.isSent ? "sent" : "received") \(text(at: index))\(more) \(Diagnosis.ago(entry.at))"
    }
  }

  private func kept(at index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: bytes + index * Self.mostBytes, count: entries[index].kept)
  }

  private func text(at index: Int) -> String {
    let quoted = TextView.quoted(Array(kept(at: index)))
    return entries[index].isShortened ? "\(quoted.dropLast())…\"" : quoted
  }
}
