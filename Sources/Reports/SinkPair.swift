import Shell

/// Two readers of the same events.
public final class SinkPair: EventSink {
  private let first: any EventSink
  private let second: any EventSink
  /// Whether either wants the trace.
  public let wantsTrace: Bool
  /// Whether either wants coverage.
  public let wantsCoverage: Bool
  /// Whether either shows the trace beside the output.
  public let isInStepWithOutput: Bool

  /// Joins two readers, told in this order.
  public init(_ first: any EventSink, _ second: any EventSink) {
    self.first = first
    self.second = second
    wantsTrace = first.wantsTrace || second.wantsTrace
    wantsCoverage = first.wantsCoverage || second.wantsCoverage
    isInStepWithOutput =
      (first.wantsTrace && first.isInStepWithOutput) || (second.wantsTrace && second.isInStepWithOutput)
  }

  /// Hands an event to both.
  public func handle(_ event: Event, task: String?) {
    first.handle(event, task: task)
    second.handle(event, task: task)
  }
}
