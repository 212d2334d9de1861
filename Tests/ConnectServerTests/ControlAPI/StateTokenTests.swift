import HTTPTypes
import TestSupport
import Testing

@Suite("A state document with codes and tokens")
struct StateTokenTests {
    @Test(
        "carries a linking that is under way into another sandbox",
        arguments: StateFormat.allCases
    )
    func underWay(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let challenged = try await sandbox.code(
                adding: [
                    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
                ]
            )
            let exchange = try await sandbox.redeem(sandbox.code()).succeeded()
            let userToken = try await sandbox.userToken("johnsmith6000")
            let document = try await sandbox.state(as: format, tokens: true)
            try await withSeededSandbox(11) { other in
                let unknown = try await other.linkStatus("johnsmith6000", bearer: bearer)
                #expect(unknown.outcome == "any.invalid_token")
                try await other.putState(document, as: format, tokens: true).succeeded()
                let redeemed = try await other.redeem(code).succeeded()
                #expect(redeemed.json["scope"] == "account_linking")
                let withoutVerifier = try await other.redeem(challenged)
                #expect(withoutVerifier.outcome == "generate_access_token.invalid_request_code_verifier")
                let verified = try await other.redeem(
                    challenged,
                    adding: ["code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"]
                )
                #expect(verified.status == 200)
                let refreshed = try await other.token(
                    ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))]
                ).succeeded()
                let old = JSONValue.string(try exchange.string("access_token"))
                let rotated = try await other.link("johnsmith6000", old, bearer: bearer)
                #expect(rotated.outcome == "link_user.linking_token_revoked")
                let fresh = JSONValue.string(try refreshed.string("access_token"))
                let link = try await other.link("johnsmith6000", fresh, bearer: bearer)
                #expect(link.outcome == "link_user.success")
                let user = try await other.linkStatus("johnsmith6000", bearer: userToken)
                #expect(user.outcome == "any.insufficient_scope")
            }
        }
    }

    @Test("remembers which codes were redeemed: a replay is seen, and ends what the code had issued")
    func replay() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let exchange = try await sandbox.redeem(code).succeeded()
            let document = try await sandbox.state(tokens: true)
            try await withSeededSandbox(11) { other in
                try await other.putState(document, tokens: true).succeeded()
                let replay = try await other.redeem(code)
                #expect(replay.outcome == "generate_access_token.invalid_grant_replayed")
                let token = JSONValue.string(try exchange.string("access_token"))
                let link = try await other.link("johnsmith6000", token, bearer: bearer)
                #expect(link.outcome == "link_user.linking_token_revoked")
            }
        }
    }

    @Test("keeps ends as they were: what was expired or revoked is still, what was not expires in its time")
    func ends() async throws {
        try await withSandbox { sandbox in
            let revoked = try await sandbox.fulfillmentToken()
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "demo-client", "client_secret": "demo-secret", "token": .string(revoked)]
            ).succeeded()
            let early = try await sandbox.fulfillmentToken()
            try await sandbox.advance(by: "PT23H")
            let late = try await sandbox.fulfillmentToken()
            let document = try await sandbox.state(tokens: true)
            try await withSeededSandbox(11) { other in
                try await other.putState(document, tokens: true).succeeded()
                let stillRevoked = try await other.linkStatus("johnsmith6000", bearer: revoked)
                #expect(stillRevoked.outcome == "any.revoked_token")
                let alive = try await other.linkStatus("johnsmith6000", bearer: early)
                #expect(alive.outcome == "get_user_link.user_not_linked")
                try await other.advance(by: "PT1H")
                let expired = try await other.linkStatus("johnsmith6000", bearer: early)
                #expect(expired.outcome == "any.expired_token")
                let later = try await other.linkStatus("johnsmith6000", bearer: late)
                #expect(later.outcome == "get_user_link.user_not_linked")
            }
        }
    }

    @Test("makes a retailer with them, too")
    func creation() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let document = try await sandbox.state(as: .yaml, tokens: true)
            try await withSeededSandbox(11, state: "retailers: []") { other in
                let retailer = try await other.createRetailer(document)
                #expect(retailer.id == "demo")
                let status = try await other.linkStatus("johnsmith6000", bearer: bearer)
                #expect(status.outcome == "get_user_link.user_not_linked")
            }
        }
    }

    @Test(
        "is asked for with true and nothing that looks like it, in either direction",
        arguments: ["tokens=1", "tokens=TRUE", "tokens=yes", "tokens=", "tokens=revoke"],
        ["/retailers/demo/state", "/state"]
    )
    func parameter(query: String, path: String) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.fulfillmentToken()
            let before = try await sandbox.wholeState()
            let read = try await sandbox.control(.get, "\(path)?\(query)")
            let document: JSONValue = path == "/state" ? ["retailers": []] : [:]
            let written = try await sandbox.control(.put, "\(path)?\(query)", json: document)
            for reply in [read, written] {
                #expect(reply.status == 400)
                #expect(reply.errorCode == "invalid_parameter")
                #expect(reply.errorMessage.contains("tokens"))
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("is refused where another retailer has one of the tokens, and changes nothing")
    func otherRetailer() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.fulfillmentToken()
            let document = try await sandbox.state(tokens: true)
                .replacing(#""id":"demo""#, with: #""id":"copy""#).replacing("demo-client", with: "copy-client")
            _ = try await sandbox.createRetailer("id: copy")
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.putState(document, of: "copy", as: .json, tokens: true)
            #expect(reply.status == 409)
            #expect(reply.errorCode == "token_taken")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    static let wrongTokens: [String] = [
        "access_tokens: [{token: t}]",
        "access_tokens: [{token: t, client_id: nobody, scopes: [], created_at: 2026-01-01T00:00:00Z, "
            + "expires_at: 2026-01-02T00:00:00Z}]",
        "access_tokens: [{token: t, client_id: demo-client, scopes: [], created_at: 2026-01-02T00:00:00Z, "
            + "expires_at: 2026-01-01T00:00:00Z}]",
        "access_tokens: [{token: t, client_id: demo-client, scopes: [], created_at: 2026-01-01T00:00:00Z, "
            + "expires_at: 2026-01-02T00:00:00Z, user_id: nobody}]",
        "access_tokens: [{token: t, client_id: demo-client, scopes: [], created_at: 2026-01-01T00:00:00Z, "
            + "expires_at: 2026-01-02T00:00:00Z, code: nowhere}]",
        "authorization_codes: [{code: c, client_id: demo-client, instacart_user_id: 99, scopes: [account_linking], "
            + "redirect_uri: https://example.org/account/profile, expires_at: 2026-01-01T00:10:00Z}]",
        "authorization_codes: [{code: c}]",
    ]

    @Test("is refused where a code or token has no owner or no sense, and changes nothing", arguments: Self.wrongTokens)
    func wrong(fields: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.putState(fields, tokens: true)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }
}
