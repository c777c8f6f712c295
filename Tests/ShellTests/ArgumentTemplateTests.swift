@testable import Shell
import Testing

@Suite struct ArgumentTemplateTests {
  @Test(arguments: [
    ("send ", "WORD..."), ("send a ", "WORD..."), ("client send ", "WORD..."),
    ("bind ", "TYPE|NAME ENDPOINT... [as NAME] [OPTION=VALUE ...]"),
    ("bind rep ", "ENDPOINT... [as NAME] [OPTION=VALUE ...]"),
    ("server bind ", "ENDPOINT... [as NAME] [OPTION=VALUE ...]"),
    ("get ", "OPTION|context"), ("get rcvhwm ", "[as NAME]"), ("set linger ", "VALUE"),
    ("set context ", "OPTION VALUE"),
    ("set context io_threads ", "VALUE"), ("get context ", "OPTION [as NAME]"),
    ("wait ", "connected|disconnected|readable|writable|subscribed|unsubscribed|TASK|auth"),
    ("wait connected ", "[N]"),
    ("client wait subscribed ", "[PREFIX [N]]"), ("repeat ", "COUNT [every DURATION] STATEMENT|{ … }"),
    ("print x; send ", "WORD..."),
    ("repeat 3 { send ", "WORD..."), ("within 1s send ", "WORD..."),
    ("view ", "base64|hex|json|msgpack|raw|subscriptions|text|z85"),
    ("let ", "NAME = EXPRESSION"), ("hints ", "on|off"), ("timeout ", "DURATION|never"),
    ("bind rep 5546 as ", nil),
    ("send", nil), ("sen ", nil), ("", nil), (" ", nil), ("sockets ", nil), ("set linger 1 ", nil),
    ("send 'a ", nil),
    ("get rcvhwm as ", nil), ("print if ", "[WORD...]"), ("# send ", nil),
  ])
  func `what belongs behind the words so far is told in the words of the synopsis`(
    text: String, template: String?
  ) {
    #expect(ArgumentTemplate.text(after: text) == template)
  }

  @Test(arguments: CommandTable.standard.all.map { $0.usage })
  func `a command that takes words has a template`(usage: Usage) {
    let takesWords = usage.synopsis.contains { $0.contains(" ") }
    #expect((ArgumentTemplate.text(after: usage.name + " ") != nil) == takesWords)
  }

  @Test(arguments: LanguageWord.all)
  func `so has a word of the language`(word: LanguageWord) {
    #expect((ArgumentTemplate.text(after: word.name + " ") != nil) == word.synopsis.contains(" "))
  }
}
