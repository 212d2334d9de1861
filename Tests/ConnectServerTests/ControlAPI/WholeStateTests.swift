import ConnectCore
import HTTPTypes
import TestSupport
import Testing

@Suite("The state of the whole sandbox")
struct WholeStateTests {
    @Test(
        "is the same bytes after export and import, in the same order and with every token",
        arguments: StateFormat.allCases
    )
    func roundTrip(format: StateFormat) async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            _ = try await sandbox.createRetailer("id: a-third")
            try await sandbox.advance("other", by: "P1D")
            let bearer = try await sandbox.fulfillmentToken(of: other)
            let code = try await sandbox.code(instacartUser: 1, of: other)
            let accept = ["Accept": format.rawValue]
            let first = try await sandbox.control(.get, "/state?tokens=true", headers: accept).succeeded().text
            try await withSeededSandbox(5) { fresh in
                let reply = try await fresh.send(
                    .put,
                    "/_sandbox/state?tokens=true",
                    headers: ["Content-Type": format.rawValue],
                    text: first
                )
                #expect(reply.status == 200)
                let ids = reply.json["retailers"]?.elements.map { $0["id"]?.string }
                #expect(ids == ["demo", "other", "a-third"])
                let second = try await fresh.control(.get, "/state?tokens=true", headers: accept).succeeded().text
                #expect(second.isIdentical(to: first))
                let status = try await fresh.linkStatus("only-other", bearer: bearer)
                #expect(status.outcome == "get_user_link.user_not_linked")
                let redeemed = try await fresh.redeem(code, of: other)
                #expect(redeemed.status == 200)
            }
        }
    }

    @Test("is in the document's order, whatever the order was before")
    func order() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let document = try await sandbox.control(.get, "/state").succeeded().text
            try await withSeededSandbox(5, state: "retailers: [{id: other}, {id: demo}]") { reversed in
                try await reversed.control(.put, "/state", yaml: document).succeeded()
                let same = try await reversed.control(.get, "/state").succeeded().text
                #expect(same.isIdentical(to: document))
            }
        }
    }

    @Test("holds no codes and tokens unless they are asked for")
    func withoutTokens() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let without = try await sandbox.control(.get, "/state")
            #expect(without.json["retailers"]?.elements.count == 1)
            #expect(!without.text.contains(bearer))
            #expect(!without.text.contains(code))
            let with = try await sandbox.control(.get, "/state?tokens=true")
            #expect(with.text.contains(bearer))
            #expect(with.text.contains(code))
        }
    }

    @Test("replaces every retailer: those that are not in it are gone")
    func replacement() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let kept = try await sandbox.fulfillmentToken()
            let lost = try await sandbox.fulfillmentToken(of: other)
            let reply = try await sandbox.control(
                .put,
                "/state",
                yaml: """
                    retailers:
                      - id: demo
                        applications:
                          - {client_id: demo-client, client_secret: demo-secret, redirect_uris: []}
                      - id: new
                        connect_users: [{user_id: ann}]
                    """
            )
            #expect(reply.status == 200)
            let list = try await sandbox.control(.get, "/retailers")
            #expect(list.json == reply.json)
            let ids = list.json["retailers"]?.elements.map { $0["id"]?.string }
            #expect(ids == ["demo", "new"])
            let gone = try await sandbox.linkStatus("only-other", bearer: lost)
            #expect(gone.outcome == "any.invalid_token")
            let emptied = try await sandbox.linkStatus("johnsmith6000", bearer: kept)
            #expect(emptied.outcome == "get_user_link.user_not_found")
        }
    }

    @Test("may be no retailer at all")
    func empty() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.put, "/state", json: ["retailers": []])
            #expect(reply.status == 200)
            #expect(reply.json == ["retailers": []])
            let retailer = try await sandbox.createRetailer()
            let bearer = try await sandbox.fulfillmentToken(of: retailer.application)
            let user = try await sandbox.createUser("ann", bearer: bearer)
            #expect(user.outcome == "create_user.success")
        }
    }

    @Test(
        "is refused whole where one retailer is wrong",
        arguments: [
            "retailers: [{id: new}, {id: demo, clock: {now: never}}]", "retailers: [{id: new}, {id: new}]",
            "retailers: [{id: new}, {nmae: x}]", "retailers: {}", "",
        ]
    )
    func wrong(document: String) async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.control(.put, "/state", yaml: document)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("is refused where two of its retailers have one client_id, and nothing changes")
    func sharedClientID() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let applications = "applications: [{client_id: shared, redirect_uris: []}]"
            let reply = try await sandbox.control(
                .put,
                "/state",
                yaml: "retailers: [{id: a, \(applications)}, {id: b, \(applications)}]"
            )
            #expect([400, 409].contains(reply.status))
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }
}
