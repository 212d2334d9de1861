import ConnectCore
import Testing

@Suite("Code challenge")
struct CodeChallengeTests {
    /// RFC 7636, appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test("S256 is met by the verifier of RFC 7636")
    func s256() {
        #expect(CodeChallenge(value: Self.challenge, method: .s256).isMet(by: Self.verifier))
    }

    @Test(
        "S256 is met by nothing else",
        arguments: [
            "", Self.challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", Self.verifier + "=", " " + Self.verifier,
        ]
    )
    func otherVerifier(_ verifier: String) {
        #expect(CodeChallenge(value: Self.challenge, method: .s256).isMet(by: verifier) == false)
    }

    @Test("a padded S256 challenge is met by nothing")
    func padded() {
        #expect(CodeChallenge(value: Self.challenge + "=", method: .s256).isMet(by: Self.verifier) == false)
    }

    @Test("plain is met by itself only")
    func plain() {
        let challenge = CodeChallenge(value: Self.verifier, method: .plain)

        #expect(challenge.isMet(by: Self.verifier))
        #expect(challenge.isMet(by: Self.challenge) == false)
        #expect(challenge.isMet(by: "") == false)
        #expect(CodeChallenge(value: Self.challenge, method: .plain).isMet(by: Self.verifier) == false)
    }

    @Test("the methods are plain and S256, spelled so")
    func methods() {
        #expect(CodeChallenge.Method.allCases.map(\.rawValue) == ["plain", "S256"])
        #expect(CodeChallenge.Method(rawValue: "s256") == nil)
    }
}
