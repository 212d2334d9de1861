import HTTPTypes
import TestSupport
import Testing

@Suite("An application's own token that a retailer keeps")
struct KeptTokenTests {
    /// The ways in which a retailer is put back on the real time, from the clock that a test has set.
    enum Return: CaseIterable {
        case state
        case wholeState
        case reset
        case wholeReset

        func callAsFunction(_ sandbox: Sandbox) async throws {
            let users = "connect_users: [{user_id: johnsmith6000}]"
            switch self {
            case .state: try await sandbox.putState(users).succeeded()
            case .wholeState:
                try await sandbox.control(.put, "/state", yaml: "retailers: [{id: demo, \(users)}]").succeeded()
            case .reset: try await sandbox.control(.post, "/retailers/demo/reset").succeeded()
            case .wholeReset: try await sandbox.control(.post, "/reset").succeeded()
            }
        }
    }

    @Test(
        "has as long to live on a later clock as it had on the one before",
        arguments: Return.allCases,
        [true, false]
    )
    func alive(back: Return, isFrozen: Bool) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2021-06-30T00:00:00Z", "frozen": .bool(isFrozen)])
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.advance(by: "PT1H")
            try await back(sandbox)
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            sandbox.environment.advance(seconds: 23 * 3600 - 1)
            let last = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(last.outcome == "get_user_link.user_not_linked")
            sandbox.environment.advance(seconds: 1)
            let over = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(over.outcome == "any.expired_token")
        }
    }

    @Test("is not given more than it had: expired or revoked before, it stays so", arguments: Return.allCases)
    func ended(back: Return) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2021-06-30T00:00:00Z", "frozen": true])
            let expired = try await sandbox.fulfillmentToken()
            try await sandbox.advance(by: "P1D")
            let revoked = try await sandbox.fulfillmentToken()
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "demo-client", "client_secret": "demo-secret", "token": .string(revoked)]
            ).succeeded()
            try await back(sandbox)
            for (bearer, outcome) in [(expired, "any.expired_token"), (revoked, "any.revoked_token")] {
                let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
                #expect(status.outcome == outcome)
            }
        }
    }

    private static let document = """
        id: shop
        applications:
          - {client_id: shop, client_secret: secret, redirect_uris: [https://example.org/account/profile]}
        instacart_users: [{id: 1}]
        connect_users: [{user_id: ann}]
        authorization_codes:
          - {code: given-code, client_id: shop, instacart_user_id: 1, scopes: [account_linking],
             redirect_uri: "https://example.org/account/profile", expires_at: 2036-01-01T00:00:00Z}
        access_tokens:
          - {token: given, client_id: shop, scopes: ["connect:fulfillment"],
             created_at: 2026-01-01T00:00:00Z, expires_at: 2036-01-01T00:00:00Z}
          - {token: given-and-revoked, client_id: shop, scopes: ["connect:fulfillment"],
             created_at: 2026-01-01T00:00:00Z, expires_at: 2036-01-01T00:00:00Z}
          - {token: given-for-linking, refresh_token: given-refresh, client_id: shop, scopes: [account_linking],
             instacart_user_id: 1, created_at: 2026-01-01T00:00:00Z, expires_at: 2036-01-01T00:00:00Z}
        """
    private static let shop = TestApplication(clientID: "shop", clientSecret: "secret")

    @Test("outlives a reset to a document with tokens, which brings none of these back")
    func documentWithTokens() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let bearer = try await sandbox.fulfillmentToken(of: Self.shop)
            for token in [bearer, "given", "given-and-revoked"] {
                let status = try await sandbox.linkStatus("ann", bearer: token)
                #expect(status.outcome == "get_user_link.user_not_linked")
            }
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "shop", "client_secret": "secret", "token": "given-and-revoked"]
            ).succeeded()
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            let kept = try await sandbox.linkStatus("ann", bearer: bearer)
            #expect(kept.outcome == "get_user_link.user_not_linked")
            let revoked = try await sandbox.linkStatus("ann", bearer: "given-and-revoked")
            #expect(revoked.outcome == "any.revoked_token")
            let redeemed = try await sandbox.redeem("given-code", of: Self.shop)
            #expect(redeemed.outcome == "generate_access_token.invalid_grant")
            let link = try await sandbox.link("ann", "given-for-linking", bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_invalid")
            let refreshed = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": "given-refresh"],
                of: Self.shop
            )
            #expect(refreshed.outcome == "generate_access_token.invalid_grant_refresh_token")
        }
    }

    @Test("ends with all others by ?tokens=revoke, and no later reset brings one back")
    func revocation() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let bearer = try await sandbox.fulfillmentToken(of: Self.shop)
            for path in ["/retailers/shop/reset?tokens=revoke", "/retailers/shop/reset", "/reset"] {
                try await sandbox.control(.post, path).succeeded()
                for token in [bearer, "given", "given-and-revoked"] {
                    let status = try await sandbox.linkStatus("ann", bearer: token)
                    #expect(status.outcome == "any.invalid_token", "\(token) after \(path)")
                }
            }
        }
    }
}
