import HTTPTypes
import TestSupport
import Testing

@Suite("Links made and taken away from outside")
struct LinkControlTests {
    private static func path(_ userID: String) -> String {
        "/retailers/demo/connect_users/\(userID)/link"
    }

    @Test("a link is made, and the API shows it")
    func link() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.control(.put, Self.path("johnsmith6000"), json: ["instacart_user_id": 3])
            #expect(reply.status == 200)
            #expect(
                reply.json == [
                    "user_id": "johnsmith6000", "first_name": "John", "last_name": "Smith",
                    "phone_number": "800-555-0100", "locale": "en-US", "active": true, "linked_to": 3,
                ]
            )
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.success")
        }
    }

    @Test("a link replaces the one that the Connect user had; making it again changes nothing")
    func replacement() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for _ in 0..<2 {
                let reply = try await sandbox.control(
                    .put,
                    Self.path("linked-inactive"),
                    json: ["instacart_user_id": 3]
                )
                #expect(reply.json["linked_to"] == 3)
            }
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.outcome == "get_user_link.success")
            let retailer = try await sandbox.control(.get, "/retailers/demo")
            #expect(retailer.json["links"] == 2)
            let freed = try await sandbox.control(.put, Self.path("johnsmith6000"), json: ["instacart_user_id": 2])
            #expect(freed.status == 200)
        }
    }

    @Test("an Instacart user is linked to one Connect user only; both links stay as they were")
    func taken() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            for userID in ["johnsmith6000", "linked-inactive"] {
                let reply = try await sandbox.control(.put, Self.path(userID), json: ["instacart_user_id": 1])
                #expect(reply.status == 409)
                #expect(reply.errorCode == "already_linked")
            }
            let after = try await sandbox.state()
            #expect(after == before)
        }
    }

    @Test("nobody is linked to an Instacart user that the retailer does not have")
    func nobody() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            let reply = try await sandbox.control(.put, Self.path("linked-inactive"), json: ["instacart_user_id": 99])
            #expect(reply.status == 404)
            #expect(reply.errorCode == "instacart_user_not_found")
            let after = try await sandbox.state()
            #expect(after == before)
        }
    }

    @Test("a link is taken away, as customer service would; the customer can link again")
    func unlink() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.control(.delete, Self.path("linked-inactive"))
            #expect(reply.status == 204)
            #expect(reply.text.isEmpty)
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let linkingToken = JSONValue.string(try await sandbox.linkingToken(instacartUser: 2))
            let link = try await sandbox.link("linked-inactive", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.success")
        }
    }

    @Test(
        "a body that names no Instacart user is refused, and changes nothing",
        arguments: [[:], ["instacart_user_id": nil], ["instacart_user_id": "two"], ["instacart_user_id": 0], [1], 3]
            as [JSONValue]
    )
    func refused(body: JSONValue) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            let reply = try await sandbox.control(.put, Self.path("linked-inactive"), json: body)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_body")
            let after = try await sandbox.state()
            #expect(after == before)
        }
    }
}
