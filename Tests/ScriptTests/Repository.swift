import Foundation

/// Every script of the repository, by its path there.
func repositoryScripts() throws -> [(name: String, bytes: [UInt8])] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  var scripts: [(name: String, bytes: [UInt8])] = []
  for folder in ["scripts", "Tests"] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    for name in names.sorted() where name.hasSuffix(".zs") {
      let data = try Data(contentsOf: root.appendingPathComponent(folder).appendingPathComponent(name))
      scripts.append(("\(folder)/\(name)", Array(data)))
    }
  }
  return scripts
}
