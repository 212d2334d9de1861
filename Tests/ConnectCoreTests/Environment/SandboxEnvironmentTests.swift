import ConnectCore
import Testing

@Suite("Sandbox environment")
struct SandboxEnvironmentTests {
    @Test("a token is 32 random bytes in 43 characters")
    func token() {
        let environment = SandboxEnvironment.counting()

        #expect(environment.randomToken() == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")
        #expect(environment.randomToken() == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI")
        #expect(environment.randomToken().count == 43)
    }

    static let encodings: [([UInt8], String)] = [
        ([], ""),
        (Array("f".utf8), "Zg"),
        (Array("fo".utf8), "Zm8"),
        (Array("foobar".utf8), "Zm9vYmFy"),
        ([0xFB, 0xFF, 0xBF], "-_-_"),
        ([0xFF], "_w"),
    ]

    @Test("base64url has - and _ for + and /, and no padding", arguments: Self.encodings)
    func encoding(_ bytes: [UInt8], _ text: String) {
        #expect(base64URL(bytes) == text)
    }

    @Test("the system's clock and random bytes do not repeat themselves")
    func system() {
        let environment = SandboxEnvironment.system

        #expect(environment.now() > newYear.adding(Period(years: -1)))
        #expect(environment.randomBytes(16).count == 16)
        #expect(environment.randomBytes(16) != environment.randomBytes(16))
    }
}
