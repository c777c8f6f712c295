extension Unmanaged {
  /// Calls with the object, whose references are not counted: an atomic operation less for each message.
  ///
  /// - Precondition: Something else holds the object until the call returns.
  @inline(__always)
  func borrowed<Result, Problem>(_ body: (Instance) throws(Problem) -> Result) throws(Problem) -> Result {
    try _withUnsafeGuaranteedRef { object -> Swift.Result<Result, Problem> in
      do throws(Problem) { return .success(try body(object)) } catch { return .failure(error) }
    }.get()
  }
}
