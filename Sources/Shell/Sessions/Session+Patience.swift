import Script
import ZeroMQ

/// What a person is told while a statement waits.
extension Session {
  /// A person has looked at an empty line for long enough by then.
  static let patience = Duration.seconds(3)

  /// Tells why a wait goes on.
  func tell(_ wait: Diagnosis.Wait) {
    hasToldSilence = true
    tell(.notice(Diagnostic(.note, wait.reason, notes: wait.notes, help: [wait.help])))
  }

  /// Waits until a condition holds; false where the limit ran out first. At the prompt, where there may be none, it is
  /// told after a while what there is so far, once a statement.
  func waitTelling(
    _ soFar: () -> String, of socket: NamedSocket, until deadline: Deadline, pause: Duration? = nil,
    for condition: () -> Bool
  ) throws(Failure) -> Bool {
    let moment = Deadline(instant: .now + Self.patience, length: Self.patience, isExplicit: false)
    if isInteractive, !hasToldSilence, deadline.instant > moment.instant {
      if try wait(until: moment, pause: pause, for: condition) { return true }
      tell(
        Diagnosis.Wait(
          reason: "still waiting: \(soFar())", notes: Diagnosis.troubles(of: socket),
          help: Diagnosis.endOfWait))
    }
    return try wait(until: deadline, pause: pause, for: condition)
  }
}
