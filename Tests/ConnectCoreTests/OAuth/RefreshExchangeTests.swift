import ConnectCore
import Testing

@Suite("Refresh exchange")
struct RefreshExchangeTests {
    typealias Refused = Outcome.GenerateAccessToken

    @Test("a refresh token gives the scopes of the original where none are asked for")
    func all() throws {
        let token = AccessToken.linkingToken(scopes: [.accountLinking, .fulfillment])
        let decision = try RefreshExchange.decide(token, for: .sample(), scope: nil)

        #expect(decision.replacing == token)
        #expect(decision.scopes == ScopeList([.accountLinking, .fulfillment]))
    }

    @Test("it gives any subset of them")
    func subset() throws {
        let token = AccessToken.linkingToken(scopes: [.accountLinking, .fulfillment])
        let decision = try RefreshExchange.decide(token, for: .sample(), scope: "connect:fulfillment")

        #expect(decision.scopes == ScopeList([.fulfillment]))
    }

    @Test("it gives no more, not even what the application has", arguments: ["connect:fulfillment", "openid"])
    func wider(_ scope: String) {
        let refusal = refused {
            try RefreshExchange.decide(.linkingToken(), for: .sample(), scope: "account_linking " + scope)
        }

        #expect(refusal?.outcome == Refused.invalidScope)
    }

    @Test("it need not be an application's scope any more")
    func narrowedApplication() throws {
        let decision = try RefreshExchange.decide(.linkingToken(), for: .sample(scopes: []), scope: nil)

        #expect(decision.scopes == ScopeList([.accountLinking]))
    }

    @Test("an unknown, another application's and a revoked one are refused with invalid_grant")
    func refusals() {
        let unknown = refused { try RefreshExchange.decide(nil, for: .sample(), scope: nil) }
        let other = refused {
            try RefreshExchange.decide(.linkingToken(), for: .sample(clientID: "clone"), scope: nil)
        }
        let revoked = refused {
            try RefreshExchange.decide(.linkingToken(revokedAt: newYear), for: .sample(), scope: nil)
        }

        #expect(unknown == Refusal(Refused.invalidRefreshToken, "No refresh token has this value."))
        #expect(
            other
                == Refusal(
                    Refused.invalidRefreshToken,
                    "The refresh token was issued to another application than clone."
                )
        )
        #expect(
            revoked == Refusal(Refused.invalidRefreshToken, "The refresh token was used before, or revoked.")
        )
    }
}
