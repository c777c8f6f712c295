import Script

/// The question that an error ends with where something like the word was meant, or nil where nothing is near.
func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
  nearest(to: word, in: candidates).map { "did you mean '\($0)'?" }
}
