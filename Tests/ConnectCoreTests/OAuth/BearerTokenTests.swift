import ConnectCore
import Testing

@Suite("Bearer token")
struct BearerTokenTests {
    @Test("a live token with connect:fulfillment may use the fulfillment endpoints")
    func good() throws {
        let token = AccessToken.sample(scopes: [.fulfillment, .recommendations])

        #expect(try BearerToken.authorize(token, at: newYear) == token)
    }

    @Test("an unknown one is invalid")
    func unknown() {
        let refusal = refused { try BearerToken.authorize(nil, at: newYear) }

        #expect(
            refusal == Refusal(Outcome.Shared.invalidToken, "No access token has the value of the bearer token.")
        )
    }

    @Test("an expired one is told when it expired")
    func expired() {
        let refusal = refused { try BearerToken.authorize(.sample(), at: newYear.adding(seconds: 90_000)) }

        #expect(
            refusal
                == Refusal(
                    Outcome.Shared.expiredToken,
                    "The bearer token expired at 2026-01-02T00:00:00Z; it is 2026-01-02T01:00:00Z."
                )
        )
    }

    @Test("a revoked one is revoked, whatever its age and scopes")
    func revoked() {
        let token = AccessToken.sample(scopes: [.accountLinking], revokedAt: newYear)
        let refusal = refused { try BearerToken.authorize(token, at: newYear.adding(seconds: 90_000)) }

        #expect(refusal == Refusal(Outcome.Shared.revokedToken, "The bearer token was revoked."))
    }

    static let others: [[Scope]] = [[], [.accountLinking], [.postCheckout], [.recommendations, .compliance]]

    @Test("one without connect:fulfillment is refused for its scope", arguments: Self.others)
    func scope(_ scopes: [Scope]) {
        let refusal = refused { try BearerToken.authorize(.sample(scopes: scopes), at: newYear) }

        #expect(refusal?.outcome == Outcome.Shared.insufficientScope)
    }

    @Test("an expired one without the scope is expired")
    func order() {
        let token = AccessToken.sample(scopes: [.accountLinking])
        let refusal = refused { try BearerToken.authorize(token, at: newYear.adding(seconds: 86_400)) }

        #expect(refusal?.outcome == Outcome.Shared.expiredToken)
    }

    static let challenges: [(Outcome, String?)] = [
        (Outcome.Shared.missingToken, "invalid_token"),
        (Outcome.Shared.invalidToken, "invalid_token"),
        (Outcome.Shared.expiredToken, "invalid_token"),
        (Outcome.Shared.revokedToken, "invalid_token"),
        (Outcome.Shared.insufficientScope, "insufficient_scope"),
        (Outcome.Shared.notFound, nil),
        (Outcome.LinkUser.userNotActive, nil),
    ]

    @Test("what refuses a bearer token names the error of its challenge", arguments: Self.challenges)
    func challenge(_ outcome: Outcome, _ error: String?) {
        #expect(outcome.bearerChallenge == error)
    }
}
