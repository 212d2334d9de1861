import HTTPTypes
import TestSupport
import Testing

@Suite("Reading a link")
struct LinkStatusTests {
    @Test("a non-member reads false twice, without expired_at")
    func nonMember() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.linkStatus("linked-inactive", bearer: sandbox.fulfillmentToken())
            #expect(reply.status == 200)
            #expect(reply.json == ["express_member": false, "instacartplus_member": false])
            #expect(reply.outcome == "get_user_link.success_not_a_member")
        }
    }

    @Test("not linked and not found are 400, never 404")
    func refusals() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for (userID, message) in [("johnsmith6000", "User Not Linked"), ("nobody", "User Not Found")] {
                let reply = try await sandbox.linkStatus(userID, bearer: bearer)
                #expect(reply.status == 400)
                #expect(
                    reply.json
                        == ["error": ["message": .string(message), "code": 1001], "meta": ["key": "user_id"]]
                )
            }
        }
    }

    @Test("a membership is in force until the second before it expires")
    func expiry() async throws {
        let state = """
            applications: [{client_id: demo-client, client_secret: demo-secret, redirect_uris: []}]
            instacart_users: [{id: 1, instacartplus_member: true, expired_at: 2026-01-01T01:00:00Z}]
            connect_users: [{user_id: ann, linked_to: 1}]
            """
        try await withSandbox(state: state) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            sandbox.environment.advance(seconds: 3599)
            #expect(
                try await sandbox.linkStatus("ann", bearer: bearer).json
                    == ["express_member": true, "instacartplus_member": true, "expired_at": "2026-01-01T01:00:00Z"]
            )
            sandbox.environment.advance(seconds: 1)
            #expect(
                try await sandbox.linkStatus("ann", bearer: bearer).json
                    == ["express_member": false, "instacartplus_member": false]
            )
        }
    }

    @Test("a Content-Type on the GET is ignored, as the documented sample sends one")
    func contentType() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .get,
                "/v2/fulfillment/users/linked-inactive/link",
                bearer: sandbox.fulfillmentToken(),
                headers: ["Content-Type": "application/json"]
            )
            #expect(reply.status == 200)
        }
    }
}
