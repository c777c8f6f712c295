import TestSupport
import Testing

@testable import Terminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder of its own for one test, removed at its end.
private final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/zsh-mq-test-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    path = String(cString: made)
  }

  deinit { remove(path) }

  func file(_ name: String = "history") -> String { path + "/" + name }

  private func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

private func write(_ bytes: [UInt8], to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
}

private func mode(of path: String) -> UInt32 {
  var status = stat()
  return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
}

private func inode(of path: String) -> UInt64 {
  var status = stat()
  return stat(path, &status) == 0 ? UInt64(status.st_ino) : 0
}

@Suite struct HistoryTests {
  @Test func `an entry is one line and comes back as it was`() {
    var random = SplitMix(seed: 1)
    let alphabet: [Character] = [
      "a", " ", "\\", "\n", "\r", "n", "r", "\t", "é", "日", "🎉", "\"", "#", "\u{1}",
    ]
    for _ in 0..<5_000 {
      let entry = String(
        (0..<Int.random(in: 0..<24)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      let line = History.encode(entry)
      #expect(!line.contains(0x0A) && !line.contains(0x0D))
      #expect(History.decode(line)?.unicodeScalars.elementsEqual(entry.unicodeScalars) == true)
    }
  }

  @Test func `a line that was written by hand is kept as it is`() {
    #expect(History.decode(Array(#"send "a\tb" \"#.utf8)) == #"send "a\tb" \"#)
  }

  @Test func `another session finds what was appended`() throws {
    let folder = try Folder()
    let first = History(path: folder.file())
    try first.append("socket client req")
    try first.append("send \"a\nb\\n\"")
    let second = History(path: folder.file())
    #expect(try second.load() == ["socket client req", "send \"a\nb\\n\""])
  }

  @Test func `a file that does not exist is an empty history`() throws {
    #expect(try History(path: Folder().file()).load() == [])
  }

  @Test func `blank entries, repeats and what begins with a blank are left out`() throws {
    let folder = try Folder()
    let history = History(path: folder.file())
    for entry in ["", "  ", "\n", "a", "a", " b", "\tb", "b", "a", "c"] { try history.append(entry) }
    #expect(history.entries == ["a", "b", "a", "c"])
    #expect(try History(path: folder.file()).load() == ["a", "b", "a", "c"])
  }

  @Test func `a secret is recalled and not stored`() throws {
    let folder = try Folder()
    let history = History(path: folder.file())
    history.storable = { $0 == "tell" ? nil : $0.replacing("secret", with: "***") }
    for entry in ["a", "set x secret", "tell", "b"] { try history.append(entry) }
    #expect(history.entries == ["a", "set x secret", "tell", "b"])
    #expect(try History(path: folder.file()).load() == ["a", "set x ***", "b"])
  }

  @Test func `what came out to be a secret is replaced, also where other shells have appended since`() throws
  {
    let folder = try Folder()
    let one = History(path: folder.file())
    for entry in ["let p = 'x\ny'", "send x"] { try one.append(entry) }
    try History(path: folder.file()).append("other")
    try one.replace(["let p = 'x\ny'": "let p = ***"])
    #expect(one.entries == ["let p = ***", "send x"])
    let again = History(path: folder.file())
    try again.load()
    #expect(again.entries == ["let p = ***", "send x", "other"])
    try again.replace(["what is not there": "x"])
    #expect(again.entries == ["let p = ***", "send x", "other"])
  }

  @Test func `an entry as long as a file is recalled and not stored`() throws {
    let folder = try Folder()
    let history = History(path: folder.file())
    try history.append(String(repeating: "x", count: History.longestEntry + 1))
    try history.append("a")
    #expect(history.entries.count == 2)
    #expect(try History(path: folder.file()).load() == ["a"])
  }

  @Test func `loaded again it has what others appended`() throws {
    let folder = try Folder()
    let one = History(path: folder.file())
    let two = History(path: folder.file())
    #expect(try one.load() == [])
    #expect(one.isNew)
    try one.append("a")
    try two.append("b")
    #expect(try one.load() == ["a", "b"])
    #expect(try two.load() == ["a", "b"])
    let three = History(path: folder.file())
    try three.load()
    #expect(!three.isNew)
  }

  @Test func `what was cleared is nowhere`() throws {
    let folder = try Folder()
    let history = History(path: folder.file())
    try history.append("a")
    try history.clear()
    #expect(history.entries == [])
    try history.append("b")
    #expect(try History(path: folder.file()).load() == ["b"])
  }

  @Test func `without a path nothing is written`() throws {
    let history = History(path: nil, limit: 3)
    for number in 0..<100 { try history.append("\(number)") }
    #expect(history.entries.last == "99")
    #expect(history.entries.count <= 3 + 10)
  }

  @Test func `file and folders are for this user alone`() throws {
    let folder = try Folder()
    let path = folder.file("state/zsh-mq/history")
    try History(path: path).append("a")
    #expect(mode(of: path) == 0o600)
    #expect(mode(of: folder.file("state")) == 0o700)
    #expect(mode(of: folder.file("state/zsh-mq")) == 0o700)
    chmod(path, 0o644)
    try History(path: path).append("b")
    #expect(mode(of: path) == 0o600)
  }

  @Test func `a folder that cannot be made is an error that names it`() throws {
    let folder = try Folder()
    write([], to: folder.file("taken"))
    let history = History(path: folder.file("taken/history"))
    let error = #expect(throws: HistoryError.self) { try history.append("a") }
    #expect(error?.path == folder.file("taken/history"))
    #expect(error?.message.contains("cannot open the history: Not a directory") == true)
    #expect(history.entries == ["a"])
  }

  @Test func `what is no regular file is refused, and a pipe is not waited for`() throws {
    let folder = try Folder()
    mkfifo(folder.file(), 0o600)
    #expect(throws: HistoryError(path: folder.file(), message: "not a regular file")) {
      try History(path: folder.file()).append("a")
    }
    #expect(throws: HistoryError.self) { try History(path: folder.path).load() }
  }

  @Test func `a lock that is never given back is not waited for`() throws {
    let folder = try Folder()
    let history = History(path: folder.file())
    try history.append("a")
    let other = open(folder.file(), O_RDWR)
    defer { close(other) }
    #expect(flock(other, LOCK_EX) == 0)
    let error = #expect(throws: HistoryError.self) { try history.append("b") }
    #expect(error?.message.contains("cannot lock the history") == true)
    #expect(history.entries == ["a", "b"])
    #expect(flock(other, LOCK_UN) == 0)
    try history.append("c")
    #expect(try History(path: folder.file()).load() == ["a", "c"])
  }

  @Test func `the null device keeps nothing and is no error`() throws {
    let history = History(path: "/dev/null")
    try history.append("a")
    #expect(try History(path: "/dev/null").load() == [])
    #expect(!history.isNew)
  }

  @Test func `of a corrupt file the readable lines stay`() throws {
    let folder = try Folder()
    write(Array("good\n".utf8) + [0xFF, 0xFE, 0x0A] + Array("zero\0\nalso good\n".utf8), to: folder.file())
    let history = History(path: folder.file())
    let error = #expect(throws: HistoryError.self) { try history.load() }
    #expect(error?.message == "line 2 is not text in UTF-8, and is left out")
    #expect(error?.isPartial == true)
    #expect(history.entries == ["good", "also good"])
    try history.append("next")
    #expect(throws: HistoryError.self) { try History(path: folder.file()).load() }
  }

  @Test func `half a line at the end does not swallow the next one`() throws {
    let folder = try Folder()
    write(Array("whole\nhal".utf8), to: folder.file())
    let history = History(path: folder.file())
    try history.load()
    try history.append("next")
    #expect(try history.load() == ["whole", "hal", "next"])
  }

  @Test func `a file far over its limit is rewritten with its newest entries`() throws {
    let folder = try Folder()
    let history = History(path: folder.file(), limit: 20)
    try history.append("0")
    let before = inode(of: folder.file())
    // While it has another name, its number is given to no other file.
    link(folder.file(), folder.file("before"))
    for number in 1...100 { try history.append("\(number)") }
    #expect(inode(of: folder.file()) != before)
    #expect(mode(of: folder.file()) == 0o600)
    let entries = try History(path: folder.file(), limit: 1_000).load()
    #expect(entries.count <= 20 + 15)
    #expect(entries == ((101 - entries.count)...100).map(String.init))
  }

  @Test func `a symbolic link stays one when its file is rewritten`() throws {
    let folder = try Folder()
    symlink("real", folder.file())
    let history = History(path: folder.file(), limit: 1)
    for number in 0..<50 { try history.append("\(number)") }
    var status = stat()
    #expect(lstat(folder.file(), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try History(path: folder.file("real")).load().last == "49")
  }

  @Test func `many shells at once lose nothing`() async throws {
    let folder = try Folder()
    let path = folder.file("deep/history")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for shell in 0..<8 {
        group.addTask {
          let history = History(path: path)
          for number in 0..<200 { try history.append("shell \(shell) line \(number)") }
        }
      }
      try await group.waitForAll()
    }
    let entries = try History(path: path).load()
    #expect(entries.count == 1_600)
    for shell in 0..<8 {
      let own = entries.filter { $0.hasPrefix("shell \(shell) ") }
      #expect(own == (0..<200).map { "shell \(shell) line \($0)" })
    }
  }

  @Test func `while some shells trim, the newest lines of all stay`() async throws {
    let folder = try Folder()
    let path = folder.file()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for shell in 0..<6 {
        group.addTask {
          let history = History(path: path, limit: 50)
          for number in 0..<300 { try history.append("shell \(shell) line \(number)") }
        }
      }
      try await group.waitForAll()
    }
    let entries = try History(path: path).load()
    #expect(entries.count >= 50)
    // Whoever was last to write is the last; and no shell's lines are out of order or have holes.
    for shell in 0..<6 {
      let numbers = entries.filter { $0.hasPrefix("shell \(shell) ") }.compactMap {
        Int($0.split(separator: " ")[3])
      }
      if let first = numbers.first { #expect(numbers == Array(first..<300)) }
    }
  }

  @Test func `the default path follows the state folder of XDG`() {
    func path(_ variables: [String: String]) -> String? { History.defaultPath { variables[$0] } }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/zsh-mq/history")
    #expect(path(["HOME": "/h"]) == "/h/.local/state/zsh-mq/history")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/zsh-mq/history")
    #expect(path(["XDG_STATE_HOME": ""]) == nil)
  }
}
