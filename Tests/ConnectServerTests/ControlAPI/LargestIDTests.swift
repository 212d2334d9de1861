import HTTPTypes
import TestSupport
import Testing

@Suite("The largest id of an Instacart user")
struct LargestIDTests {
    /// 2^62.
    private static let largest = "4611686018427387904"
    private static let path = "/retailers/demo/instacart_users"

    @Test("is followed by none that is made up; one that is given is still taken")
    func followed() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.control(.post, Self.path, yaml: "id: \(Self.largest)").succeeded()
            let before = try await sandbox.wholeState()
            for body in [nil, "{}", "email: next@example.com"] {
                let reply = try await sandbox.control(.post, Self.path, yaml: body)
                #expect(reply.status == 409)
                #expect(reply.errorCode == "no_id_left")
            }
            let created = try await sandbox.createInstacartUser("next@example.com", bearer: bearer)
            #expect(created.status == 503)
            #expect(created.outcome == "any.unavailable")
            let after = try await sandbox.wholeState()
            #expect(after == before)
            let given = try await sandbox.control(.post, Self.path, json: ["id": 7])
            #expect(given.status == 200)
            #expect(given.json["email"] == "user7@example.com")
        }
    }

    @Test("is followed by none that is made up in a document, where the retailer would be made")
    func document() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let document = "id: shop\ninstacart_users:\n  - {id: \(Self.largest)}\n  - {}\n"
            let reply = try await sandbox.control(.post, "/retailers", yaml: document)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            #expect(reply.errorMessage.contains(":4: instacart_users[1]: "), "\(reply.errorMessage)")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("keeps nothing from being exported, imported and reset")
    func reset() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer("{id: shop, instacart_users: [{id: \(Self.largest)}]}")
            try await sandbox.control(.post, Self.path, yaml: "id: \(Self.largest)").succeeded()
            let before = try await sandbox.state(of: "shop")
            #expect(before.contains(Self.largest))
            try await sandbox.putState(before, of: "shop", as: .json).succeeded()
            let put = try await sandbox.state(of: "shop")
            #expect(put == before)
            for path in ["/retailers/shop/reset", "/reset"] {
                let reply = try await sandbox.control(.post, path)
                #expect(reply.status == 200)
                let after = try await sandbox.state(of: "shop")
                #expect(after == before)
            }
            let demo = try await sandbox.control(.get, "/retailers/demo")
            #expect(demo.json["instacart_users"] == 4)
        }
    }
}
