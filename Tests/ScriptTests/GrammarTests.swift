import Script
import Testing

/// The editors' files know what the parser knows. `scripts/generate.sh` makes them.
@Suite struct GrammarTests {
  @Test(arguments: ["completions/zs.tmLanguage.json", "completions/zs.vim"])
  func `an editor knows every word of the language`(file: String) throws {
    let text = try repositoryFile(file)
    let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
    for keyword in Parser.keywords {
      #expect(words.contains(Substring(keyword)), "\(file) is stale: run scripts/generate.sh")
    }
  }

  @Test func `the words of the language are sorted and none is twice`() {
    #expect(Parser.keywords == Set(Parser.keywords).sorted())
  }
}
