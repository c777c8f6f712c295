import Payload

/// `help prompt`: the keys, and what the prompt keeps.
enum PromptHelp {
  private static let keys = [
    ["Enter", "run the statement; where a block, quote or bracket is open, go on in a new line"],
    ["Alt-Enter", "begin a new line wherever the cursor is"],
    ["Tab", "complete the word; where several fit, list them, and show more of the list"],
    ["Right, Ctrl-F, End", "take the grey hint behind the line; Alt-F takes a word of it"],
    ["Up, Down", "the line above or below; then older and newer entries that begin with what was typed"],
    ["PageUp, PageDown", "older and newer entries, whatever the line"],
    ["Ctrl-R", "search the history; Ctrl-R again goes on, Enter runs what was found"],
    ["Ctrl-A, Ctrl-E", "the start and the end of the line; again: of the statement"],
    ["Ctrl-Left, Ctrl-Right", "a word back and forth, as Alt-B and Alt-F"],
    ["Ctrl-W, Alt-D", "delete the word before and behind the cursor"],
    ["Ctrl-U, Ctrl-K", "delete all before and behind the cursor; Ctrl-Y brings it back"],
    ["Ctrl-L", "clear the screen"],
    ["Ctrl-C", "drop the statement; end one that runs, and the sockets live on"],
    ["Ctrl-D", "leave, on an empty line"],
    ["Ctrl-Z", "stop the program; `fg` in the shell brings it back, with the line"],
    ["Ctrl-\\", "end the program at once where a statement does not end; nothing while a line is typed"],
  ]

  static var lines: [String] {
    ["Keys:"] + TextTable.lines(keys.map { ["  " + $0[0], $0[1]] }) + [
      "",
      "A paste waits for Enter, also of many lines; one taller than the screen is shown as a label.",
      "`history` shows what was typed, in all sessions. The values of secret options are not kept, and a line",
      "that begins with a blank is not kept at all. `alias hw = 'connect req 5546 as hw'` names what is typed often.",
      "`hints off` leaves out the hints, as does a terminal without colours.",
      "What stands in $XDG_CONFIG_HOME/zsh-mq/rc.zs (or ~/.config/zsh-mq/rc.zs) runs before the first prompt;",
      "`zsh-mq --no-rc` leaves it out. NO_COLOR=1 leaves out the colours.",
    ]
  }
}
