import Foundation

/// Every script of the repository, and every seed of the fuzzer, by its path there.
func repositoryScripts() throws -> [(name: String, bytes: [UInt8])] {
  var scripts: [(name: String, bytes: [UInt8])] = []
  for folder in ["scripts", "Tests"] {
    let path = repositoryRoot.appendingPathComponent(folder).path
    for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    where name.hasSuffix(".zs") || name.hasPrefix("fuzz/seeds/") {
      let data = try Data(contentsOf: repositoryRoot.appendingPathComponent("\(folder)/\(name)"))
      scripts.append(("\(folder)/\(name)", Array(data)))
    }
  }
  return scripts
}

/// A file of the repository, by its path there.
func repositoryFile(_ path: String) throws -> String {
  try String(contentsOf: repositoryRoot.appendingPathComponent(path), encoding: .utf8)
}

private let repositoryRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
