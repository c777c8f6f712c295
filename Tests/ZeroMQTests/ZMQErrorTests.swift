import Testing
import ZeroMQ

@Suite struct ZMQErrorTests {
  @Test(arguments: ZMQError.names)
  func everyNameIsThatOfItsError(name: String) throws {
    let error = try #require(ZMQError(name: name))
    #expect(ZMQError(name: error.name) == error)
    #expect(!error.description.isEmpty)
    #expect(!error.description.hasPrefix("Unknown error"))
  }

  @Test func namesAreSortedAndUnique() {
    #expect(ZMQError.names == Set(ZMQError.names).sorted())
  }

  @Test func errorsOfZeroMQAreToldInItsWords() {
    #expect(ZMQError.wrongState.name == "EFSM")
    #expect("\(ZMQError.wrongState)" == "Operation cannot be accomplished in current state")
    #expect(ZMQError.contextTerminated.name == "ETERM")
    #expect(ZMQError.incompatibleProtocol.name == "ENOCOMPATPROTO")
    #expect(ZMQError.noThread.name == "EMTHREAD")
  }

  @Test func anUnknownCodeSurvives() {
    #expect(ZMQError(code: 123_456).name == "errno 123456")
    #expect(ZMQError(name: "ENONSENSE") == nil)
    #expect(ZMQError(name: "efsm") == nil)
  }

  @Test func theLibraryTellsItsVersion() {
    let (major, minor, patch) = ZeroMQLibrary.version
    #expect((major, minor) >= (4, 3))
    #expect(ZeroMQLibrary.versionText == "\(major).\(minor).\(patch)")
    #expect(!ZeroMQLibrary.has("nonsense"))
  }
}
