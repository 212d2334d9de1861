import ConnectCore
import Testing

@Suite("Code exchange")
struct CodeExchangeTests {
    typealias Refused = Outcome.GenerateAccessToken

    static let redirectURI = "https://example.org/account/profile"
    static let challenge = CodeChallenge(value: "verifier", method: .plain)

    static func code(
        clientID: String = "demo-client",
        challenge: CodeChallenge? = nil,
        redeemedAt: Instant? = nil
    ) -> AuthorizationCode {
        AuthorizationCode(
            value: "the-code",
            clientID: ClientID(rawValue: clientID),
            instacartUserID: InstacartUserID(rawValue: 3),
            redirectURI: redirectURI,
            scopes: ScopeList([.accountLinking]),
            challenge: challenge,
            expiresAt: newYear.adding(seconds: Choices().codeLifetime),
            redeemedAt: redeemedAt
        )
    }

    /// Reads the parameters as the token endpoint does.
    static func exchange(
        redirectURI: String? = CodeExchangeTests.redirectURI,
        verifier: String? = nil
    ) throws -> CodeExchange {
        var parameters = ["grant_type": "authorization_code", "code": "the-code"]
        parameters["redirect_uri"] = redirectURI
        parameters["code_verifier"] = verifier
        let request = try TokenRequest(
            strings(parameters),
            credentials: ClientCredentials(strings([:]), basic: nil, acceptsBasic: false)
        )
        guard case .authorizationCode(let exchange) = request.grant else {
            throw Refusal(Refused.unsupportedGrantType, "No authorization code grant came of it.")
        }
        return exchange
    }

    struct Row: Sendable {
        var code: AuthorizationCode? = CodeExchangeTests.code()
        var redirectURI: String? = CodeExchangeTests.redirectURI
        var verifier: String?
        var seconds: Int64 = 0
        var isAuthentic = true
        let outcome: Outcome
    }

    /// Each row has, beside its own flaw, all those that are looked for later.
    static let refusals: [Row] = [
        Row(
            code: code(clientID: "clone", challenge: challenge),
            redirectURI: nil,
            seconds: 600,
            isAuthentic: false,
            outcome: Refused.missingCodeVerifier
        ),
        Row(
            code: code(clientID: "clone", challenge: challenge),
            redirectURI: nil,
            verifier: "wrong",
            seconds: 600,
            isAuthentic: false,
            outcome: Refused.missingRedirectURI
        ),
        Row(code: nil, redirectURI: nil, isAuthentic: false, outcome: Refused.missingRedirectURI),
        Row(code: nil, redirectURI: "https://evil.com", isAuthentic: false, outcome: Refused.invalidClient),
        Row(
            code: code(clientID: "clone", redeemedAt: newYear),
            redirectURI: "https://evil.com",
            verifier: "wrong",
            seconds: 600,
            isAuthentic: false,
            outcome: Refused.invalidClient
        ),
        Row(code: nil, redirectURI: "https://evil.com", verifier: "wrong", outcome: Refused.invalidGrant),
        Row(
            code: code(clientID: "clone", challenge: challenge, redeemedAt: newYear),
            redirectURI: "https://evil.com",
            verifier: "wrong",
            seconds: 600,
            outcome: Refused.codeOfAnotherClient
        ),
        Row(
            code: code(challenge: challenge),
            redirectURI: "https://evil.com",
            verifier: "wrong",
            seconds: 600,
            outcome: Refused.expiredCode
        ),
        Row(code: code(), seconds: 601, outcome: Refused.expiredCode),
        Row(
            code: code(challenge: challenge),
            redirectURI: "https://evil.com",
            verifier: "wrong",
            seconds: 599,
            outcome: Refused.redirectURIMismatch
        ),
        Row(redirectURI: redirectURI + "/", verifier: "unexpected", outcome: Refused.redirectURIMismatch),
        Row(code: code(challenge: challenge), verifier: "wrong", outcome: Refused.codeVerifierMismatch),
        Row(code: code(challenge: challenge), verifier: "Verifier", outcome: Refused.codeVerifierMismatch),
        Row(verifier: "unexpected", outcome: Refused.unexpectedCodeVerifier),
    ]

    @Test("parameters, client, code, redirect_uri and verifier are checked in this order", arguments: Self.refusals)
    func order(_ row: Row) throws {
        let exchange = try Self.exchange(redirectURI: row.redirectURI, verifier: row.verifier)
        let refusal = refused {
            try exchange.decide(row.code, at: newYear.adding(seconds: row.seconds)) { () throws(Refusal) in
                guard row.isAuthentic else { throw Refusal(Refused.invalidClient, "The client is none.") }
                return .sample()
            }
        }

        #expect(refusal?.outcome == row.outcome)
    }

    static let replays: [Row] = [
        Row(code: code(redeemedAt: newYear), outcome: Refused.replayedCode),
        Row(code: code(redeemedAt: newYear), seconds: 90_000, outcome: Refused.replayedCode),
        Row(
            code: code(redeemedAt: newYear),
            redirectURI: "https://evil.com",
            verifier: "wrong",
            outcome: Refused.replayedCode
        ),
        Row(code: code(challenge: challenge, redeemedAt: newYear), outcome: Refused.replayedCode),
    ]

    @Test("a code that was redeemed is a replay, whatever else is wrong with the request", arguments: Self.replays)
    func replay(_ row: Row) throws {
        let exchange = try Self.exchange(redirectURI: row.redirectURI, verifier: row.verifier)
        let decision = try exchange.decide(row.code, at: newYear.adding(seconds: row.seconds)) { .sample() }

        #expect(
            decision
                == .replayed(
                    Refusal(row.outcome, "The code was redeemed before; what it had issued is revoked.")
                )
        )
    }

    @Test("a good code is redeemed, until the millisecond it expires", arguments: [0, 1, 599_999] as [Int64])
    func good(_ milliseconds: Int64) throws {
        let decision = try Self.exchange().decide(Self.code(), at: newYear.adding(milliseconds: milliseconds)) {
            .sample()
        }

        #expect(decision == .redeem(Self.code()))
    }

    @Test("a code with a challenge is redeemed with its verifier")
    func verified() throws {
        let code = Self.code(
            challenge: CodeChallenge(value: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", method: .s256)
        )
        let exchange = try Self.exchange(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        let decision = try exchange.decide(code, at: newYear) { .sample() }

        #expect(decision == .redeem(code))
    }

    @Test("reasons name the addresses without their queries, and no code or verifier")
    func reasons() throws {
        let exchange = try Self.exchange(redirectURI: "https://evil.com/cb?code=the-code", verifier: "hunter2")
        let mismatch = refused { try exchange.decide(Self.code(), at: newYear) { .sample() } }
        let expired = refused {
            try Self.exchange().decide(Self.code(), at: newYear.adding(seconds: 700)) { .sample() }
        }

        #expect(
            mismatch?.reason
                == "The code was issued for https://example.org/account/profile; https://evil.com/cb?... came."
        )
        #expect(expired?.reason == "The code expired at 2026-01-01T00:10:00Z; it is 2026-01-01T00:11:40Z.")
    }
}
