import TestSupport
import Testing

@Suite("Token endpoint, authorization_code grant")
struct AuthorizationCodeGrantTests {
    private static let invalidGrant: JSONValue = [
        "error": "invalid_grant",
        "error_description": "Assertion is not provided or invalid assertion provided for the grant_type.",
    ]

    @Test("a code is exchanged for a linking token and a refresh token")
    func success() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.redeem(sandbox.code())
            #expect(
                reply.json == [
                    "access_token": .string(try reply.string("access_token")), "token_type": "Bearer",
                    "expires_in": 86_400, "refresh_token": .string(try reply.string("refresh_token")),
                    "scope": "account_linking", "created_at": 1_767_225_600,
                ]
            )
        }
    }

    @Test("a code redeemed twice is refused, and what the first redemption had issued stops working")
    func replay() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let first = try await sandbox.redeem(code)
            let refreshed = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try first.string("refresh_token"))]
            )
            let second = try await sandbox.redeem(code)
            #expect(second.status == 400)
            #expect(second.json == Self.invalidGrant)
            #expect(second.outcome == "generate_access_token.invalid_grant_replayed")
            for token in [try first.string("access_token"), try refreshed.string("access_token")] {
                let link = try await sandbox.link("johnsmith6000", .string(token), bearer: bearer)
                #expect(link.outcome == "link_user.linking_token_revoked")
            }
            let refresh = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try refreshed.string("refresh_token"))]
            )
            #expect(refresh.outcome == "generate_access_token.invalid_grant_refresh_token")
        }
    }

    @Test("a code is good for 599 seconds and expired after 600")
    func expiry() async throws {
        try await withSandbox { sandbox in
            let (early, late) = (try await sandbox.code(), try await sandbox.code())
            sandbox.environment.advance(seconds: 599)
            #expect(try await sandbox.redeem(early).status == 200)
            sandbox.environment.advance(seconds: 1)
            let reply = try await sandbox.redeem(late)
            #expect(reply.json == Self.invalidGrant)
            #expect(reply.outcome == "generate_access_token.invalid_grant_expired")
            #expect(
                reply.reason == "The code expired at 2026-01-01T00:10:00Z; it is 2026-01-01T00:10:00Z."
            )
        }
    }

    @Test("an unknown code is refused")
    func unknown() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.redeem("nonsense")
            #expect(reply.status == 400)
            #expect(reply.json == Self.invalidGrant)
            #expect(reply.outcome == "generate_access_token.invalid_grant")
        }
    }

    @Test("a missing code or redirect_uri is named", arguments: ["code", "redirect_uri"])
    func missing(parameter: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.redeem(sandbox.code(), adding: [parameter: nil])
            #expect(reply.outcome == "generate_access_token.invalid_request_\(parameter)")
            #expect(reply.json["error_description"] == .string("Missing required parameter: \(parameter)."))
        }
    }

    @Test(
        "another redirect_uri is refused and does not use the code up",
        arguments: [
            "https://example.org/account/profile?code=x&state=y", "https://example.org/account/profile/",
            "https://EXAMPLE.org/account/profile", "http://localhost/demo/account/profile",
        ]
    )
    func redirectURI(other: String) async throws {
        try await withSandbox { sandbox in
            let code = try await sandbox.code()
            let refused = try await sandbox.redeem(code, adding: ["redirect_uri": .string(other)])
            #expect(refused.json == Self.invalidGrant)
            #expect(refused.outcome == "generate_access_token.invalid_grant_redirect_uri")
            #expect(refused.reason?.contains("code=x") == false)
            #expect(try await sandbox.redeem(code).status == 200)
        }
    }

    @Test("another application's code is refused, and stays good for its own")
    func otherClient() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let code = try await sandbox.code(instacartUser: 1)
            let refused = try await sandbox.redeem(code, of: clone)
            #expect(refused.json == Self.invalidGrant)
            #expect(refused.outcome == "generate_access_token.invalid_grant_other_client")
            #expect(try await sandbox.redeem(code).status == 200)
        }
    }

    @Test("a scope parameter is ignored: the code's scope counts")
    func scope() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.redeem(sandbox.code(), adding: ["scope": "connect:fulfillment"])
            #expect(reply.json["scope"] == "account_linking")
        }
    }

    @Test(
        "a PKCE challenge is met by its verifier only, and a wrong or missing one does not use the code up",
        arguments: [
            ("plain", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            ("S256", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ]
    )
    func proofKey(method: String, challenge: String) async throws {
        try await withSandbox { sandbox in
            let code = try await sandbox.code(
                adding: ["code_challenge": .string(challenge), "code_challenge_method": .string(method)]
            )
            let missing = try await sandbox.redeem(code)
            #expect(missing.outcome == "generate_access_token.invalid_request_code_verifier")
            let wrong = try await sandbox.redeem(code, adding: ["code_verifier": "wrong"])
            #expect(wrong.outcome == "generate_access_token.invalid_grant_code_verifier")
            #expect(wrong.json == Self.invalidGrant)
            let right = try await sandbox.redeem(
                code,
                adding: ["code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"]
            )
            #expect(right.status == 200)
        }
    }

    @Test("a verifier for a code without a challenge is refused")
    func unexpectedVerifier() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.redeem(sandbox.code(), adding: ["code_verifier": "surprise"])
            #expect(reply.json == Self.invalidGrant)
            #expect(reply.outcome == "generate_access_token.invalid_grant_unexpected_code_verifier")
        }
    }
}
