import CTerminal

/// The keys that users of other shells expect, as rows: a key in editrc(5) notation and what it does.
enum KeyBinding {
  /// The key that stands for a whole bracketed paste. No keyboard sends it, and even a search ends
  /// with it and then runs it, which no escape sequence does.
  static let paste: Unicode.Scalar = "\u{9E}"

  /// The key that begins a new line of the statement, where Enter does not end it.
  static let newLine: Unicode.Scalar = "\u{9C}"

  /// The key that deletes a whole label of ``Folds``, where backspace meets one.
  static let deleteLabel: Unicode.Scalar = "\u{9D}"

  /// The key that inserts the hint, or a word of it.
  static let takeHint: Unicode.Scalar = "\u{99}"

  /// Those that no keyboard may send.
  static let own = [paste, newLine, deleteLabel, takeHint]

  /// The keys that take a hint where one is shown, or only a word of it.
  static let hintKeys: [(sequence: String, takesWord: Bool)] = [
    ("\u{06}", false), ("\u{05}", false), ("\u{1B}[C", false), ("\u{1B}OC", false), ("\u{1B}[F", false),
    ("\u{1B}OF", false), ("\u{1B}[4~", false), ("\u{1B}[8~", false), ("\u{1B}f", true), ("\u{1B}[1;5C", true),
    ("\u{1B}[1;3C", true),
  ]

  static let rows: [(key: String, function: String)] = [
    ("^R", "em-inc-search-prev"),
    ("^S", "em-inc-search-next"),
    ("^L", "ed-clear-screen"),
    ("^A", "zs-line-start"),
    ("^E", "zs-line-end"),
    ("^U", "vi-kill-line-prev"),
    ("^K", "ed-kill-line"),
    ("^W", "ed-delete-prev-word"),
    ("^Y", "em-yank"),
    ("^P", "zs-up"),
    ("^N", "zs-down"),
    ("^_", "vi-undo"),
    ("\\e[A", "zs-up"),
    ("\\e[B", "zs-down"),
    ("\\e[C", "ed-next-char"),
    ("\\e[D", "ed-prev-char"),
    ("\\eOA", "zs-up"),
    ("\\eOB", "zs-down"),
    ("\\eOC", "ed-next-char"),
    ("\\eOD", "ed-prev-char"),
    ("\\e[H", "zs-line-start"),
    ("\\e[F", "zs-line-end"),
    ("\\eOH", "zs-line-start"),
    ("\\eOF", "zs-line-end"),
    ("\\e[1~", "zs-line-start"),
    ("\\e[4~", "zs-line-end"),
    ("\\e[7~", "zs-line-start"),
    ("\\e[8~", "zs-line-end"),
    ("\\e[3~", "ed-delete-next-char"),
    ("\\e[5~", "zs-older"),
    ("\\e[6~", "zs-newer"),
    ("\\e[1;5C", "em-next-word"),
    ("\\e[1;5D", "ed-prev-word"),
    ("\\e[1;3C", "em-next-word"),
    ("\\e[1;3D", "ed-prev-word"),
    ("\\e[5C", "em-next-word"),
    ("\\e[5D", "ed-prev-word"),
    ("\\eOc", "em-next-word"),
    ("\\eOd", "ed-prev-word"),
    ("\\eb", "ed-prev-word"),
    ("\\ef", "em-next-word"),
    ("\\ed", "em-delete-next-word"),
    ("\\e^?", "ed-delete-prev-word"),
    ("\\e[3;5~", "em-delete-next-word"),
    ("\\e^M", "zs-new-line"),
    ("\\e^J", "zs-new-line"),
    ("}", "zs-close-block"),
  ]

  /// What follows the escape of a key that moves, and the control key of emacs that does the same.
  static let controlKeys: [(sequence: String, key: Unicode.Scalar)] = [
    ("[A", "\u{10}"), ("[B", "\u{0E}"), ("[C", "\u{06}"), ("[D", "\u{02}"), ("[H", "\u{01}"),
    ("[F", "\u{05}"),
    ("OA", "\u{10}"), ("OB", "\u{0E}"), ("OC", "\u{06}"), ("OD", "\u{02}"), ("OH", "\u{01}"),
    ("OF", "\u{05}"),
    ("[1~", "\u{01}"), ("[4~", "\u{05}"), ("[3~", "\u{04}"),
  ]

  /// Binds the function keys, and others with their modifiers, to nothing: the sequence of a key that
  /// libedit does not know would be typed in part. Done before `~/.editrc`, which may know better.
  static func silenceFunctionKeys(in editLine: OpaquePointer) {
    // Focus reports, shift-tab, and the end of a paste that was given up.
    var keys = ["\\e[I", "\\e[O", "\\e[Z", "\\e[201~"]
    for final in ["P", "Q", "R", "S"] { keys.append("\\eO" + final) }
    for final in ["A", "B", "C", "D", "E", "F", "H", "P", "Q", "R", "S"] {
      for modifier in 2...8 { keys.append("\\e[1;\(modifier)\(final)") }
    }
    for number in [2, 3, 5, 6, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24] {
      keys.append("\\e[\(number)~")
      for modifier in 2...8 { keys.append("\\e[\(number);\(modifier)~") }
    }
    for key in keys { _ = ct_bind(editLine, key, "ed-unassigned") }
  }

  /// Binds our own keys always, and the rows where the keys are those of emacs: who chose
  /// `bind -v` in `~/.editrc` wants the keys of vi.
  static func bindAll(in editLine: OpaquePointer) {
    _ = ct_bind(editLine, "\\236", "zs-paste")
    _ = ct_bind(editLine, "\\235", "zs-delete-label")
    _ = ct_bind(editLine, "\\234", "zs-new-line")
    _ = ct_bind(editLine, "\\231", "zs-take-hint")
    // Also with the keys of vi, which have nothing better for it.
    _ = ct_bind(editLine, "^I", "zs-complete")
    guard ct_is_vi(editLine) == 0 else { return }
    for row in rows { _ = ct_bind(editLine, row.key, row.function) }
  }

  /// Binds our own keys in the command mode of vi too: there a line ends as well.
  static func bindCommandMode(in editLine: OpaquePointer) {
    for (key, function) in [
      ("\\236", "zs-paste"), ("\\235", "zs-delete-label"), ("\\234", "zs-new-line"),
    ] {
      _ = ct_bind_other(editLine, key, function)
    }
  }
}
