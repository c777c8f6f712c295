/// What became of the messages that a statement at the prompt sent, until it is told: of a loop in one line.
final class DeliveryLog {
  /// What is told in one line: the messages of one socket that had the same luck.
  private struct Sum {
    let socket: String
    let luck: Delivery.Luck
    var count = 0
    /// How many of them were told.
    var toldCount = 0
    var deliveries: Set<Delivery> = []

    var isTrouble: Bool { deliveries.contains(where: \.isTrouble) }
  }

  /// So many sockets are told by their names.
  private static let mostSockets = 3

  private var sums: [Sum] = []
  /// The sum that was added to last, with what: a loop does the same again and again.
  private var last: (index: Int, delivery: Delivery)?
  /// Whether there is something that cannot wait until the end of the statement.
  private(set) var hasNews = false
  /// Since when there is.
  private(set) var newsSince = Instant.past
  /// Whether it was told in this statement that a send waits.
  var hasToldWait = false

  /// Whether the message before had the same luck.
  func isSame(_ delivery: Delivery, of socket: String) -> Bool {
    last.map { $0.delivery == delivery && sums[$0.index].socket == socket } ?? false
  }

  func note(_ delivery: Delivery, of socket: String) {
    if let last, isSame(delivery, of: socket) {
      sums[last.index].count += 1
      return
    }
    let luck = delivery.luck
    var index = sums.firstIndex { $0.luck == luck && $0.socket == socket } ?? sums.count
    if index == sums.count {
      sums.append(Sum(socket: socket, luck: luck))
      if delivery.isTrouble, !hasNews {
        hasNews = true
        newsSince = .now
      }
      index = sums.count - 1
    }
    sums[index].count += 1
    sums[index].deliveries.insert(delivery)
    last = (index, delivery)
  }

  /// The one message of a statement, of which is known only that one of several got it.
  var unlocated: (socket: String, delivery: Delivery)? {
    guard sums.count == 1, sums[0].count == 1, let delivery = sums[0].deliveries.first,
      case .oneOf = delivery
    else { return nil }
    return (sums[0].socket, delivery)
  }

  /// Notes what became of it after all.
  func locate(_ delivery: Delivery) {
    let socket = sums[0].socket
    sums.removeAll(keepingCapacity: true)
    last = nil
    note(delivery, of: socket)
  }

  /// What is to be told.
  struct Line {
    /// The sockets that it is about, where that is not plain.
    let subject: String?
    /// The socket that it is about; nil where there are several.
    var socket: String?
    let count: Int
    let delivery: Delivery
  }

  /// Gives what went wrong and was not told yet: it explains why the statement waits.
  func takeNews() -> [Line] {
    hasNews = false
    var lines: [Line] = []
    for index in sums.indices where sums[index].isTrouble && sums[index].toldCount == 0 {
      lines += line(of: sums[index])
      sums[index].toldCount = sums[index].count
    }
    return lines
  }

  /// Gives what is left to tell when the statement has ended, and begins anew.
  func takeAll() -> [Line] {
    defer {
      sums.removeAll(keepingCapacity: true)
      last = nil
      hasNews = false
      hasToldWait = false
    }
    let left = sums.filter { $0.count > $0.toldCount }
    let sockets = Set(left.map(\.socket))
    guard sockets.count > Self.mostSockets else { return left.flatMap(line) }
    return Delivery.Luck.allCases.compactMap { luck in
      let group = left.filter { $0.luck == luck }
      let deliveries = group.reduce(into: Set()) { $0.formUnion($1.deliveries) }
      return Delivery.together(deliveries).map { delivery in
        Line(
          subject: "\(group.count) socket\(group.count == 1 ? "" : "s")",
          count: group.reduce(0) { $0 + $1.count }, delivery: delivery)
      }
    }
  }

  private func line(of sum: Sum) -> [Line] {
    let isAlone = sums.allSatisfy { $0.socket == sum.socket }
    return Delivery.together(sum.deliveries).map { delivery in
      [
        Line(
          subject: isAlone ? nil : "'\(sum.socket)'", socket: sum.socket, count: sum.count, delivery: delivery
        )
      ]
    } ?? []
  }
}

extension Delivery {
  /// What is told apart in a sum.
  fileprivate enum Luck: CaseIterable { case sent, partlyLost, queued, dropped, lost }

  fileprivate var luck: Luck {
    switch self {
    case .queued, .queuedFor: .queued
    case .dropped(.noRoom): .lost
    case .dropped: .dropped
    case .subscribersWithRoom: .partlyLost
    default: .sent
    }
  }
}
