import HTTPTypes
import TestSupport
import Testing

@Suite("Revocation endpoint")
struct RevokeTests {
    private func revoke(
        _ token: JSONValue,
        _ sandbox: Sandbox,
        of application: TestApplication = .demo
    ) async throws -> Reply {
        try await sandbox.send(
            .post,
            "/v2/oauth/token/revoke",
            json: [
                "client_id": .string(application.clientID), "client_secret": .string(application.clientSecret),
                "token": token,
            ]
        )
    }

    @Test("a revoked token is refused from then on")
    func revokes() async throws {
        try await withSandbox { sandbox in
            let token = try await sandbox.fulfillmentToken()
            let reply = try await revoke(.string(token), sandbox)
            #expect(reply.status == 200)
            #expect(reply.text == "{}")
            #expect(reply.outcome == "revoke_access_token.success")
            let refused = try await sandbox.linkStatus("johnsmith6000", bearer: token)
            #expect(refused.status == 401)
            #expect(refused.outcome == "any.revoked_token")
            #expect(
                refused.json == ["error": ["message": "The access token was revoked", "code": nil], "meta": [:]]
            )
        }
    }

    @Test("revoking a refresh token ends the access token beside it, and the other way round")
    func pair() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let first = try await sandbox.redeem(sandbox.code())
            #expect(try await revoke(.string(first.string("refresh_token")), sandbox).status == 200)
            let link = try await sandbox.link("johnsmith6000", .string(first.string("access_token")), bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_revoked")

            let second = try await sandbox.redeem(sandbox.code())
            #expect(try await revoke(.string(second.string("access_token")), sandbox).status == 200)
            let refresh = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(second.string("refresh_token"))]
            )
            #expect(refresh.outcome == "generate_access_token.invalid_grant_refresh_token")
        }
    }

    @Test("an unknown, missing or ended token is no error", arguments: ["unknown", nil, ""] as [JSONValue])
    func unknown(token: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await revoke(token, sandbox)
            #expect(reply.status == 200)
            #expect(reply.text == "{}")
            #expect(reply.outcome == "revoke_access_token.success_unknown_token")
            let ended = try await sandbox.fulfillmentToken()
            _ = try await revoke(.string(ended), sandbox)
            #expect(try await revoke(.string(ended), sandbox).outcome == "revoke_access_token.success_ended_token")
        }
    }

    @Test("a clone cannot revoke the original's token")
    func clones() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let token = try await sandbox.fulfillmentToken()
            let reply = try await revoke(.string(token), sandbox, of: clone)
            #expect(reply.status == 403)
            #expect(reply.outcome == "revoke_access_token.unauthorized_client")
            #expect(
                reply.json == [
                    "error": "unauthorized_client",
                    "error_description": "You are not authorized to revoke this token",
                ]
            )
            #expect(try await sandbox.linkStatus("janedoe", bearer: token).outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("wrong credentials are refused with the documented pair, and revoke nothing")
    func wrongCredentials() async throws {
        try await withSandbox { sandbox in
            let token = try await sandbox.fulfillmentToken()
            let wrong = TestApplication(clientID: "demo-client", clientSecret: "wrong")
            let reply = try await revoke(.string(token), sandbox, of: wrong)
            #expect(reply.status == 403)
            #expect(reply.outcome == "revoke_access_token.unauthorized_client_credentials")
            #expect(reply.json["error"] == "unauthorized_client")
            #expect(try await sandbox.linkStatus("linked-inactive", bearer: token).status == 200)
        }
    }
}
