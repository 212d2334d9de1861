import HTTPTypes
import TestSupport
import Testing

@Suite("Clearing the journal")
struct ClearingTests {
    /// Exchanges of both retailers of ``twoRetailers``, two each, and one of nobody.
    private static func record(in sandbox: Sandbox) async throws {
        for client in [TestApplication.demo, other] {
            let bearer = try await sandbox.fulfillmentToken(of: client)
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
        }
        _ = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
    }

    /// How many exchanges the retailers have, and how many there are in all.
    private static func counts(_ sandbox: Sandbox) async throws -> [Int?] {
        [
            try await sandbox.requestCount(), try await sandbox.requestCount(of: "other"),
            try await sandbox.requestCount(of: nil),
        ]
    }

    @Test("of a retailer leaves the others' and what is nobody's")
    func retailer() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await Self.record(in: sandbox)
            let before = try await Self.counts(sandbox)
            #expect(before == [2, 2, 5])
            let reply = try await sandbox.control(.delete, "/retailers/demo/requests")
            #expect(reply.status == 204)
            #expect(reply.text.isEmpty)
            let after = try await Self.counts(sandbox)
            #expect(after == [0, 2, 3])
        }
    }

    @Test("of everything leaves nothing, and ids go on")
    func everything() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await Self.record(in: sandbox)
            let reply = try await sandbox.control(.delete, "/requests")
            #expect(reply.status == 204)
            let after = try await Self.counts(sandbox)
            #expect(after == [0, 0, 0])
            _ = try await sandbox.fulfillmentToken()
            let next = try #require(try await sandbox.requests().first)
            #expect(try next.exchangeID() == 6)
        }
    }

    @Test("comes with a reset, of one retailer or of all")
    func reset() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await Self.record(in: sandbox)
            try await sandbox.control(.post, "/retailers/other/reset").succeeded()
            let after = try await Self.counts(sandbox)
            #expect(after == [2, 0, 3])
            try await sandbox.control(.post, "/reset").succeeded()
            let counts = try await Self.counts(sandbox).prefix(2)
            #expect(counts == [0, 0])
        }
    }

    @Test("comes with the retailer's deletion: whoever gets its id next has none of it")
    func deletion() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await Self.record(in: sandbox)
            try await sandbox.control(.delete, "/retailers/other").succeeded()
            let left = try await sandbox.requests(of: nil)
            #expect(left.count == 3)
            #expect(!left.contains { $0["retailer"] == "other" })
            _ = try await sandbox.createRetailer("id: other")
            let next = try await sandbox.requestCount(of: "other")
            #expect(next == 0)
        }
    }

    @Test("is a write like any: no page of another site does it")
    func crossSite() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await Self.record(in: sandbox)
            for path in ["/requests", "/retailers/demo/requests", "/retailers/demo/faults"] {
                let reply = try await sandbox.control(.delete, path, headers: ["Origin": "https://evil.example"])
                #expect(reply.status == 403)
                #expect(reply.errorCode == "cross_site_request")
            }
            let after = try await Self.counts(sandbox)
            #expect(after == [2, 2, 5])
        }
    }
}
