/// The timestamp extension of MessagePack: seconds since 1970-01-01T00:00:00Z, and nanoseconds.
///
/// Source: the MessagePack specification, "Timestamp extension type".
struct MessagePackTimestamp: Equatable {
  /// The type of the extension.
  static let type: Int8 = -1

  let seconds: Int64
  /// Less than 1,000,000,000.
  let nanoseconds: UInt32

  init?(seconds: Int64, nanoseconds: UInt32) {
    guard nanoseconds < 1_000_000_000 else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The time that an extension holds; nil where it is none, or not in its shortest form.
  init?(payload: ArraySlice<UInt8>) {
    let number = { (range: Range<Int>) in
      payload[(payload.startIndex + range.lowerBound)..<(payload.startIndex + range.upperBound)]
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let read: MessagePackTimestamp?
    switch payload.count {
    case 4: read = Self(seconds: Int64(number(0..<4)), nanoseconds: 0)
    case 8:
      let both = number(0..<8)
      read = Self(seconds: Int64(both & 0x3_FFFF_FFFF), nanoseconds: UInt32(both >> 34))
    case 12: read = Self(seconds: Int64(bitPattern: number(4..<12)), nanoseconds: UInt32(number(0..<4)))
    default: read = nil
    }
    guard let read, read.payload.elementsEqual(payload) else { return nil }
    self = read
  }

  /// What the extension holds, in the shortest of the three forms.
  var payload: [UInt8] {
    var bytes: [UInt8] = []
    let append = { (bytes: inout [UInt8], number: UInt64, width: UInt64) in
      for shift in (0..<width).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
    }
    if seconds >= 0, seconds < 1 << 34 {
      if nanoseconds == 0, seconds < 1 << 32 {
        append(&bytes, UInt64(seconds), 4)
      } else {
        append(&bytes, UInt64(nanoseconds) << 34 | UInt64(seconds), 8)
      }
    } else {
      append(&bytes, UInt64(nanoseconds), 4)
      append(&bytes, UInt64(bitPattern: seconds), 8)
    }
    return bytes
  }
}

extension MessagePackTimestamp {
  /// The time as JSON: a string where its year has four digits, else `[seconds,nanoseconds]`.
  var notation: String {
    guard Self.written.contains(seconds) else { return "[\(seconds),\(nanoseconds)]" }
    // Year 0 has two months before the reckoning begins: a whole number of days is added so that none is negative.
    let sum = seconds + (Self.daysToEpoch + 60) * 86_400
    let (day, second) = (sum / 86_400 - 60, sum % 86_400)
    let (year, month, dayOfMonth) = Self.date(ofDay: day)
    let pad = { (number: Int64, digits: Int) in
      let text = String(number)
      return String(repeating: "0", count: digits - text.count) + text
    }
    var text = "\"\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))"
    text += "T\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))"
    if nanoseconds > 0 {
      var fraction = pad(Int64(nanoseconds), 9)
      while fraction.last == "0" { fraction.removeLast() }
      text += ".\(fraction)"
    }
    return text + "Z\""
  }

  /// Reads a time as RFC 3339 writes it, with up to nine digits of a second; nil where it is none.
  init?(text: [UInt8]) {
    var scanner = Scanner(text: text)
    guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
      let day = scanner.number(2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
      let hour = scanner.number(2), scanner.take(":"), let minute = scanner.number(2), scanner.take(":"),
      let second = scanner.number(2), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year), hour < 24, minute < 60, second < 60
    else { return nil }
    var nanoseconds: Int64 = 0
    if scanner.take(".") {
      var digits = 0
      while let digit = scanner.number(1) {
        digits += 1
        guard digits <= 9 else { return nil }
        nanoseconds = nanoseconds * 10 + digit
      }
      guard digits > 0 else { return nil }
      for _ in digits..<9 { nanoseconds *= 10 }
    }
    var offset: Int64 = 0
    if !scanner.take("Z"), !scanner.take("z") {
      let isEast = scanner.take("+")
      guard isEast || scanner.take("-"), let hours = scanner.number(2), scanner.take(":"),
        let minutes = scanner.number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (isEast ? 60 : -60)
    }
    guard scanner.isAtEnd else { return nil }
    let days = Self.day(year: year, month: month, day: day) - Self.daysToEpoch
    self.init(
      seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: UInt32(nanoseconds))
  }

  private struct Scanner {
    let text: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < text.count, UInt32(text[index]) == character.value else { return false }
      index += 1
      return true
    }

    mutating func number(_ digits: Int) -> Int64? {
      guard index + digits <= text.count else { return nil }
      var value: Int64 = 0
      for offset in index..<index + digits {
        guard let digit = Hex.value(text[offset]), digit < 10 else { return nil }
        value = value * 10 + Int64(digit)
      }
      index += digits
      return value
    }
  }

  // MARK: The calendar

  /// From 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let written = Int64(-62_167_219_200)...253_402_300_799

  /// The days from 0000-03-01, which the reckoning begins with, to 1970-01-01.
  private static let daysToEpoch: Int64 = 719_468

  /// The number of a day since 0000-03-01 in the Gregorian calendar, which begins its years in March here, so
  /// that the leap day is the last of a year.
  private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  }

  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let era = (day >= 0 ? day : day - 146_096) / 146_097
    let dayOfEra = day - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return (
      yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), calendarMonth,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
