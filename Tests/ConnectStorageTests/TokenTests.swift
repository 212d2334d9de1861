import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("Tokens in the database")
struct TokenTests {
    let world = TestEnvironment()

    static let assertionGrant = [
        "grant_type": "fulfillment_user_assertion", "scope": "connect:post_checkout",
        "assertion": Data(#"{"user_id":"johnsmith6000"}"#.utf8).base64EncodedString(),
    ]

    @Test("an application's token lasts a day and has no refresh token")
    func clientCredentials() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.issue(["grant_type": "client_credentials"])

        #expect(
            token
                == AccessToken(
                    value: token.value,
                    refreshToken: nil,
                    clientID: ClientID(rawValue: "demo-client"),
                    scopes: ScopeList([.fulfillment]),
                    subject: .application,
                    createdAt: TestEnvironment.start,
                    expiresAt: TestEnvironment.start.adding(seconds: 86_400),
                    revokedAt: nil
                )
        )
        #expect(token.value.count == 43)
    }

    @Test("a new token does not end the one before")
    func several() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let first = try await database.bearer()
        let second = try await database.bearer()
        try await database.authorize(first)
        try await database.authorize(second)

        #expect(first != second)
    }

    @Test("a bearer token is refused from the second it expires on")
    func expiry() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let bearer = try await database.bearer()
        world.advance(seconds: 86_399)
        try await database.authorize(bearer)
        world.advance(seconds: 1)
        let refusal = await refused { try await database.authorize(bearer) }

        #expect(
            refusal
                == Refusal(
                    Outcome.Shared.expiredToken,
                    "The bearer token expired at 2026-01-02T00:00:00Z; it is 2026-01-02T00:00:00Z."
                )
        )
    }

    @Test("a missing, an unknown and a linking token are refused as bearer")
    func bearers() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let linking = try await database.linkingToken()
        let user = try await database.issue(Self.assertionGrant)

        #expect(await refused { try await database.authorize(nil) }?.outcome == Outcome.Shared.missingToken)
        #expect(
            await refused { try await database.authorize(BearerToken(rawValue: "nonsense")) }?.outcome
                == Outcome.Shared.invalidToken
        )
        for token in [linking, user] {
            #expect(
                await refused { try await database.authorize(BearerToken(rawValue: token.value)) }?.outcome
                    == Outcome.Shared.insufficientScope
            )
        }
    }

    @Test("a refresh token is no bearer token")
    func refreshAsBearer() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let refreshToken = try #require(try await database.linkingToken().refreshToken)
        let refusal = await refused { try await database.authorize(BearerToken(rawValue: refreshToken)) }

        #expect(refusal?.outcome == Outcome.Shared.invalidToken)
    }

    @Test("a user's token stands for the Connect user and has no refresh token")
    func userAssertion() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.issue(Self.assertionGrant)

        #expect(token.subject == .connectUser(UserID(rawValue: "johnsmith6000")))
        #expect(token.scopes == ScopeList([.postCheckout]))
        #expect(token.refreshToken == nil)
    }

    @Test("nobody's and an inactive user's assertions are refused", arguments: ["nobody", "not-active"])
    func badAssertion(_ userID: String) async throws {
        let database = try await SandboxDatabase.holding(in: world)
        var grant = Self.assertionGrant
        grant["assertion"] = Data(#"{"user_id":"\#(userID)"}"#.utf8).base64EncodedString()
        let request = grant
        let refusal = await refused { try await database.issue(request) }

        #expect(refusal?.outcome == Outcome.GenerateAccessToken.invalidAssertion)
    }

    @Test("a disabled application gets no new token")
    func disabled() async throws {
        let database = try await SandboxDatabase.holding(
            "applications: [{client_id: a, client_secret: s, enabled: false, redirect_uris: [https://example.org/cb]}]",
            in: world
        )
        let refusal = await refused {
            try await database.bearer(of: TestClient(id: "a", secret: "s", redirectURI: "https://example.org/cb"))
        }

        #expect(refusal?.outcome == Outcome.GenerateAccessToken.disabledClient)
    }

    @Test("a refresh ends the old pair at once; the new one stands for the same Instacart user")
    func refresh() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let old = try await database.linkingToken()
        let new = try await database.refresh(old)
        let secondRefresh = await refused { try await database.refresh(old) }
        let linkWithOld = await refused { try await database.link("johnsmith6000", with: old.value) }

        #expect(new.subject == .instacartUser(InstacartUserID(rawValue: 3)))
        #expect(new.scopes == ScopeList([.accountLinking]))
        #expect(new.value != old.value)
        #expect(new.refreshToken != nil)
        #expect(new.refreshToken != old.refreshToken)
        #expect(secondRefresh?.outcome == Outcome.GenerateAccessToken.invalidRefreshToken)
        #expect(linkWithOld?.outcome == Outcome.LinkUser.linkingTokenRevoked)
        #expect(try await database.link("johnsmith6000", with: new.value) == Outcome.LinkUser.success)
    }

    @Test("a refresh token outlives its access token")
    func lateRefresh() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let old = try await database.linkingToken()
        world.advance(seconds: 1_000_000)
        let new = try await database.refresh(old)

        #expect(new.createdAt == TestEnvironment.start.adding(seconds: 1_000_000))
        #expect(new.expiresAt == TestEnvironment.start.adding(seconds: 1_086_400))
    }

    @Test("a refused refresh ends nothing")
    func refusedRefresh() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.linkingToken()
        let wide = await refused { try await database.refresh(token, scope: "account_linking connect:fulfillment") }
        let wrongSecret = TestClient(id: "demo-client", secret: "hunter2", redirectURI: "")
        let unauthenticated = await refused { try await database.refresh(token, of: wrongSecret) }

        #expect(wide?.outcome == Outcome.GenerateAccessToken.invalidScope)
        #expect(unauthenticated?.outcome == Outcome.GenerateAccessToken.invalidClient)
        #expect(try await database.link("johnsmith6000", with: token.value) == Outcome.LinkUser.success)
        #expect(try await database.refresh(token).scopes == ScopeList([.accountLinking]))
    }

    @Test("a revoked token ends, and is no error the second time")
    func revoke() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let bearer = try await database.bearer()
        let other = try await database.bearer()

        #expect(try await database.revoke(bearer.rawValue) == Outcome.RevokeAccessToken.success)
        #expect(await refused { try await database.authorize(bearer) }?.outcome == Outcome.Shared.revokedToken)
        #expect(try await database.revoke(bearer.rawValue) == Outcome.RevokeAccessToken.endedToken)
        try await database.authorize(other)
    }

    @Test("revoking either of a pair ends both", arguments: [false, true])
    func revokePair(_ byRefreshToken: Bool) async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.linkingToken()
        let presented = byRefreshToken ? token.refreshToken : token.value

        #expect(try await database.revoke(presented) == Outcome.RevokeAccessToken.success)
        #expect(
            await refused { try await database.link("johnsmith6000", with: token.value) }?.outcome
                == Outcome.LinkUser.linkingTokenRevoked
        )
        #expect(
            await refused { try await database.refresh(token) }?.outcome
                == Outcome.GenerateAccessToken.invalidRefreshToken
        )
    }

    @Test("an unknown or missing token is nothing to revoke", arguments: [nil, "nonsense"] as [String?])
    func revokeNothing(_ token: String?) async throws {
        let database = try await SandboxDatabase.holding(in: world)

        #expect(try await database.revoke(token) == Outcome.RevokeAccessToken.unknownToken)
    }
}
