/// The candidate that a mistyped word most likely meant, or nil if none is near.
///
/// Letters left out, added, exchanged or swapped with their neighbour count one each (Damerau and
/// Levenshtein), capitals count as small letters, and a short word allows fewer slips than a long one. A
/// candidate that the word is the start of is near, whatever its length. Of two that are equally near the
/// one that starts with the same letter wins, then the first.
///
/// - Parameters:
///   - word: what the user wrote.
///   - candidates: what could have been meant; the word itself is never suggested.
/// - Complexity: O(n · m) for each candidate, where n and m are the lengths of the words.
public func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(word.lowercased().unicodeScalars)
  // Nobody mistypes a word of that length: it is data, and not worth the time.
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  let limit = wanted.count < 2 ? 0 : wanted.count < 5 ? 1 : wanted.count < 8 ? 2 : 3
  var best: (score: Int, candidate: String)?
  for candidate in candidates where candidate != word {
    let letters = Array(candidate.lowercased().unicodeScalars)
    var distance: Int
    if wanted.count >= 3, letters.count > wanted.count, letters.starts(with: wanted) {
      distance = min(letters.count - wanted.count, limit)
    } else {
      guard abs(letters.count - wanted.count) <= limit else { continue }
      distance = editDistance(wanted, letters)
      guard distance <= limit else { continue }
    }
    let score = distance * 2 - (letters.first == wanted.first ? 1 : 0)
    if best.map({ score < $0.score }) ?? true { best = (score, candidate) }
  }
  return best?.candidate
}

/// How many letters must be left out, added, exchanged or swapped to make one word of the other.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in 0..<b.count {
      let cost = a[i] == b[j] ? 0 : 1
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
