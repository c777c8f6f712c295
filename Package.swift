// swift-tools-version: 6.0
import PackageDescription

// Debian's libzmq.pc names linker flags that SwiftPM prohibits and warns about, so on Linux the
// module map alone links the library; Homebrew installs outside the default paths and needs pkg-config.
#if os(macOS)
  let zeroMQLibrary = Target.systemLibrary(
    name: "CZeroMQ", pkgConfig: "libzmq", providers: [.brew(["zeromq"])])
#else
  let zeroMQLibrary = Target.systemLibrary(
    name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])])
#endif

#if os(macOS)
  let regularExpressionLibrary = Target.systemLibrary(
    name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.brew(["pcre2"])])
#else
  let regularExpressionLibrary = Target.systemLibrary(
    name: "CPCRE2", providers: [.apt(["libpcre2-dev"])])
#endif

let package = Package(
  name: "zsh-mq",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "zsh-mq", targets: ["zsh-mq"]),
    .library(name: "ZeroMQ", targets: ["ZeroMQ"]),
  ],
  dependencies: [
    // Exact, because it writes the files in completions/, and another version writes them otherwise.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    zeroMQLibrary,
    regularExpressionLibrary,
    .target(name: "CInterrupt"),
    .target(name: "CReceived"),
    .target(name: "CTerminal", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "ZeroMQ", dependencies: ["CZeroMQ"]),
    .target(name: "Terminal", dependencies: ["CTerminal"]),
    .target(name: "Script"),
    .target(name: "Payload", dependencies: ["CPCRE2"]),
    .target(name: "ZMTP"),
    .target(name: "Shell", dependencies: ["CInterrupt", "CReceived", "ZeroMQ", "ZMTP", "Script", "Payload"]),
    .target(name: "Reports", dependencies: ["Shell", "Script", "Payload", "ZeroMQ"]),
    .target(name: "Suite", dependencies: ["Reports", "Shell", "Payload", "ZeroMQ"]),
    .executableTarget(
      name: "zsh-mq",
      dependencies: [
        "ZeroMQ", "Terminal", "Script", "Payload", "Shell", "Reports", "Suite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", path: "Tests/Support"),
    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ", "TestSupport"]),
    .testTarget(name: "ZMTPTests", dependencies: ["ZMTP", "ZeroMQ", "TestSupport"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestSupport"]),
    .testTarget(name: "ScriptTests", dependencies: ["Script", "TestSupport"]),
    .testTarget(
      name: "PayloadTests", dependencies: ["Payload", "Script", "TestSupport"],
      exclude: ["Fixtures/vectors.py"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Script"]),
    .testTarget(name: "SuiteTests", dependencies: ["Suite"]),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "ZeroMQ", "Script", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
