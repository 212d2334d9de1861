import TestSupport
import Testing

@Suite("Token endpoint, refresh_token grant")
struct RefreshTokenGrantTests {
    private func refresh(
        _ token: String,
        _ sandbox: Sandbox,
        of application: TestApplication = .demo,
        scope: JSONValue = nil
    ) async throws -> Reply {
        try await sandbox.token(
            ["grant_type": "refresh_token", "refresh_token": .string(token), "scope": scope],
            of: application
        )
    }

    @Test("a refresh issues a new pair and ends the old one at once")
    func rotation() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let first = try await sandbox.redeem(sandbox.code())
            let second = try await refresh(first.string("refresh_token"), sandbox)
            #expect(second.status == 200)
            #expect(second.json["scope"] == "account_linking")
            #expect(try second.string("access_token") != first.string("access_token"))

            let old = try await sandbox.link(
                "johnsmith6000",
                .string(first.string("access_token")),
                bearer: bearer
            )
            #expect(old.outcome == "link_user.linking_token_revoked")
            let again = try await refresh(first.string("refresh_token"), sandbox)
            #expect(again.status == 400)
            #expect(again.json["error"] == "invalid_grant")
            #expect(again.outcome == "generate_access_token.invalid_grant_refresh_token")
            let new = try await sandbox.link(
                "johnsmith6000",
                .string(second.string("access_token")),
                bearer: bearer
            )
            #expect(new.status == 200)
        }
    }

    @Test("a refresh token outlives its access token")
    func outlives() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.redeem(sandbox.code())
            sandbox.environment.advance(seconds: 86_401)
            #expect(try await refresh(first.string("refresh_token"), sandbox).status == 200)
        }
    }

    @Test("the scope may be a subset of the original, and nothing wider")
    func scope() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.redeem(sandbox.code())
            let wider = try await refresh(first.string("refresh_token"), sandbox, scope: "connect:fulfillment")
            #expect(wider.outcome == "generate_access_token.invalid_scope")
            let same = try await refresh(first.string("refresh_token"), sandbox, scope: "account_linking")
            #expect(same.status == 200)
        }
    }

    @Test("another application's refresh token is refused, and stays good for its own")
    func otherClient() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let first = try await sandbox.redeem(sandbox.code(instacartUser: 1))
            let refused = try await refresh(first.string("refresh_token"), sandbox, of: clone)
            #expect(refused.outcome == "generate_access_token.invalid_grant_refresh_token")
            #expect(try await refresh(first.string("refresh_token"), sandbox).status == 200)
        }
    }

    @Test("a missing refresh_token is named")
    func missing() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "refresh_token"])
            #expect(reply.json["error_description"] == "Missing required parameter: refresh_token.")
        }
    }

    @Test("a client_credentials token has no refresh token")
    func clientCredentials() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(reply.status == 200)
            #expect(reply.json["refresh_token"] == nil)
        }
    }
}
