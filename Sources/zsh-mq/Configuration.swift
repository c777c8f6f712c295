import Script
import Shell
import Terminal

/// The rc file: statements that the prompt runs before the first one is typed.
struct Configuration {
  private let path: String
  /// Whether the user named it, so that it has to be there.
  private let isChosen: Bool

  /// A file that the user named.
  static func chosen(_ path: String) -> Configuration { Configuration(path: path, isChosen: true) }

  /// `$XDG_CONFIG_HOME/zsh-mq/rc.zs`, else `~/.config/zsh-mq/rc.zs` (XDG Base Directory Specification 0.8); nil
  /// where neither variable names an absolute path.
  static func usual(environment: (String) -> String? = environmentVariable) -> Configuration? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return Configuration(path: folder + "/zsh-mq/rc.zs", isChosen: false)
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return Configuration(path: home + "/.config/zsh-mq/rc.zs", isChosen: false)
  }

  /// The text of the file; nil where there is none, and what is wrong with that has been told.
  func source(stoppedBy interrupt: Interrupt) -> SourceFile? {
    do {
      return SourceFile(name: path, bytes: try FileContents.read(path, stoppedBy: interrupt))
    } catch {
      if isChosen || !["ENOENT", "ENOTDIR"].contains(error.name) {
        _ = ProcessSetup.report(Diagnostic(.error, "cannot read '\(path)': \(error) (\(error.name))"))
      }
      return nil
    }
  }
}
