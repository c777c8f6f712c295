import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the I/O threads of a context are to be given.
///
/// libzmq ends the process where the system refuses it (thread.cpp of 4.3.4 and 4.3.5), so it is tried beforehand, on
/// a thread that does nothing else.
struct ThreadSettings: Sendable {
  private(set) var policy: Int32?
  private(set) var priority: Int32?
  private(set) var processors: Set<Int32> = []

  /// Takes a value, where the option is one of these.
  ///
  /// - Returns: Whether it is.
  mutating func take(_ option: ContextOption, _ value: Int32) -> Bool {
    switch option {
    case .threadSchedulingPolicy:
      policy = value
      // The two of real time have no priority of 0, which is what threads have that were given none.
      if isOfRealTime, priority == nil { priority = 1 }
    case .threadPriority: priority = value
    case .threadAffinityAdd: processors.insert(value)
    case .threadAffinityRemove: processors.remove(value)
    default: return false
    }
    return true
  }

  private var isOfRealTime: Bool {
    #if canImport(Glibc)
      policy == SCHED_FIFO || policy == SCHED_RR
    #else
      false
    #endif
  }

  /// Does to a thread what libzmq does to each of its own.
  ///
  /// - Throws: What the system says of it: ``ZMQError/invalidArgument``, or `EPERM`.
  func rehearse() throws(ZMQError) {
    #if canImport(Glibc)
      var trial = Trial(settings: self, error: 0)
      try withUnsafeMutablePointer(to: &trial) { pointer throws(ZMQError) in
        var thread = pthread_t()
        let made = pthread_create(
          &thread, nil,
          { argument in
            let trial = argument?.assumingMemoryBound(to: Trial.self)
            if let trial { trial.pointee.error = trial.pointee.settings.applyToCurrentThread() }
            return nil
          }, pointer)
        guard made == 0 else { throw ZMQError(code: made) }
        pthread_join(thread, nil)
      }
      guard trial.error == 0 else { throw ZMQError(code: trial.error) }
    #endif
  }

  #if canImport(Glibc)
    private struct Trial {
      let settings: ThreadSettings
      var error: Int32
    }

    /// Gives the error number of the first thing that the system refuses, or 0.
    private func applyToCurrentThread() -> Int32 {
      var current: Int32 = 0
      var parameters = sched_param()
      var error = pthread_getschedparam(pthread_self(), &current, &parameters)
      guard error == 0 else { return error }
      if let priority { parameters.sched_priority = isOfRealTime ? priority : 0 }
      error = pthread_setschedparam(pthread_self(), policy ?? current, &parameters)
      guard error == 0 else { return error }
      // Where there is no priority, libzmq asks to be as little nice as can be. On Linux that is the thread's alone.
      if priority != nil, !isOfRealTime, nice(-20) == -1 { return errno }
      guard !processors.isEmpty else { return 0 }
      var set = cpu_set_t()
      withUnsafeMutableBytes(of: &set) { bytes in
        for processor in processors { bytes[Int(processor) / 8] |= 1 << (processor % 8) }
      }
      return cz_set_affinity(&set, UInt(MemoryLayout<cpu_set_t>.size))
    }
  #endif
}
