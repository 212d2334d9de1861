import HTTPTypes
import TestSupport
import Testing

@Suite("Requesting a Connect user's deletion")
struct DeletionRequestTests {
    private func request(_ userID: String, _ sandbox: Sandbox) async throws -> Reply {
        try await sandbox.send(
            .post,
            "/v2/fulfillment/users/\(userID)/privacy_request",
            bearer: sandbox.fulfillmentToken()
        )
    }

    @Test("the user is not active from then on, and asking again succeeds too")
    func deactivates() async throws {
        try await withSandbox { sandbox in
            for _ in 1...2 {
                let reply = try await request("johnsmith6000", sandbox)
                #expect(reply.status == 200)
                #expect(reply.json == ["success": true])
                #expect(reply.outcome == "create_user_deletion_request.success")
            }
            let bearer = try await sandbox.fulfillmentToken()
            let notActive: JSONValue = ["error": ["message": "User Not Active", "code": nil], "meta": [:]]
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.status == 403)
            #expect(status.json == notActive)
            #expect(status.outcome == "get_user_link.user_not_active")
            let link = try await sandbox.link("johnsmith6000", "any", bearer: bearer)
            #expect(link.status == 403)
            #expect(link.json == notActive)
            #expect(link.outcome == "link_user.user_not_active")
        }
    }

    @Test("an unknown user is not found, with status 400")
    func unknown() async throws {
        try await withSandbox { sandbox in
            let reply = try await request("nobody", sandbox)
            #expect(reply.status == 400)
            #expect(
                reply.json == ["error": ["message": "User Not Found", "code": 1001], "meta": ["key": "user_id"]]
            )
        }
    }

    @Test("a body of whatever kind is ignored")
    func body() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/fulfillment/users/johnsmith6000/privacy_request",
                bearer: sandbox.fulfillmentToken(),
                headers: ["Content-Type": "text/plain"],
                text: "{garbage"
            )
            #expect(reply.status == 200)
        }
    }
}
