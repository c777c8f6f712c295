extension Session {
  /// Whether results go to the terminal of a person: then they are laid out for it.
  var terminal: Display? { output.descriptor == runtime.output.descriptor ? display : nil }

  /// Writes lines for a reader: help, tables. At a terminal they are fitted to its width, and what is longer than
  /// the screen goes to the pager.
  func present(_ lines: [String]) throws(Failure) {
    guard let terminal else {
      for line in lines { try output.writeLine(line) }
      return
    }
    let lines = lines.flatMap { terminal.wrapped($0) }
    if lines.count >= terminal.size().rows, let pager = terminal.pager {
      try output.flush()
      if page(lines, through: pager) { return }
    }
    for line in lines { try output.writeLine(line) }
  }
}
