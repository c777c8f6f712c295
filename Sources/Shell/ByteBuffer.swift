/// Bytes that are collected, used and collected again, without a new allocation each time.
final class ByteBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 256) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
  var array: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  func removeAll() { count = 0 }

  /// Drops the bytes from an offset on.
  func truncate(to length: Int) { count = min(count, length) }

  /// Drops the bytes before an offset, after a write that took only these.
  func removeFirst(_ length: Int) {
    count -= length
    base.update(from: base + length, count: count)
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    if count == capacity { grow(for: 1) }
    base[count] = byte
    count += 1
  }

  @inline(__always)
  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    if capacity - count < bytes.count { grow(for: bytes.count) }
    UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// The number in decimal.
  func append(_ number: Int64) {
    // 20 bytes hold Int64.min with its sign.
    if capacity - count < 20 { grow(for: 20) }
    var rest = number.magnitude
    if number < 0 {
      base[count] = UInt8(ascii: "-")
      count += 1
    }
    var digits = 1
    var power = rest
    while power >= 10 {
      power /= 10
      digits += 1
    }
    var place = count + digits
    count = place
    repeat {
      place -= 1
      base[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  private func grow(for more: Int) {
    let wanted = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }
}
