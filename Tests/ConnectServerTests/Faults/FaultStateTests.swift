import ConnectCore
import HTTPTypes
import TestSupport
import Testing

@Suite("Faults in a state document")
struct FaultStateTests {
    private static let document = """
        id: shop
        applications:
          - {client_id: shop-client, client_secret: shop-secret, redirect_uris: [https://example.org/account/profile]}
        connect_users: [{user_id: ann}]
        faults:
          - {endpoint: get_user_link, status: 503, times: 2}
          - {id: cut, path: "/v2/oauth/*", wire: truncated, nth: 100}
          - {endpoint: get_user_link, outcome: get_user_link.user_not_active}
        """
    private static let shop = TestApplication(clientID: "shop-client", clientSecret: "shop-secret")

    @Test("are armed when it is loaded")
    func armed() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let statuses = try await Self.statuses(5, sandbox)
            #expect(statuses == [503, 503, 403, 400, 400])
            let faults = try await sandbox.faults(of: "shop")
            #expect(faults.map { $0["remaining"] } == [0, 1, 0])
            #expect(faults[1]["id"] == "cut")
        }
    }

    @Test("come out half used, and go on there, to the byte", arguments: StateFormat.allCases)
    func roundTrip(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let more: [JSONValue] = [
                ["endpoint": "get_user_link", "latency": ["lognormal": ["median": 0.5, "sigma": 0.25]], "times": nil],
                ["method": "POST", "latency": ["fixed": 1], "probability": 0.125, "nth": 3, "seed": 4_294_967_296],
                ["path": "/v2/*/users", "latency": ["uniform": [0, 1]], "wire": "reset"],
                ["endpoint": "link_user", "outcome": "link_user.success", "times": 1_000_000],
            ]
            for fault in more { try await sandbox.arm(fault, of: "shop") }
            let first = try await Self.statuses(1, sandbox)
            #expect(first == [503])
            let document = try await sandbox.state(of: "shop", as: format)
            #expect(document.contains("cut"))
            try await sandbox.putState(document, of: "shop", as: format).succeeded()
            let again = try await sandbox.state(of: "shop", as: format)
            #expect(again.isIdentical(to: document))
            try await withSeededSandbox(5) { other in
                _ = try await other.createRetailer(document)
                let copy = try await other.state(of: "shop", as: format)
                #expect(copy.isIdentical(to: document))
                let rest = try await Self.statuses(4, other)
                #expect(rest == [503, 403, 400, 400])
            }
            let rest = try await Self.statuses(4, sandbox)
            #expect(rest == [503, 403, 400, 400])
        }
    }

    @Test("come back with a reset as they were, and what was armed since is gone")
    func reset() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let before = try await sandbox.state(of: "shop")
            _ = try await Self.statuses(3, sandbox)
            try await sandbox.control(.delete, "/retailers/shop/faults/cut").succeeded()
            try await sandbox.arm(["status": 500, "times": nil], of: "shop")
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            let after = try await sandbox.state(of: "shop")
            #expect(after.isIdentical(to: before))
            let statuses = try await Self.statuses(4, sandbox)
            #expect(statuses == [503, 503, 403, 400])
        }
    }

    @Test("come back with a reset of everything, each retailer's own")
    func wholeReset() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            try await sandbox.arm(["status": 500])
            try await sandbox.control(.delete, "/retailers/shop/faults").succeeded()
            try await sandbox.control(.post, "/reset").succeeded()
            let demo = try await sandbox.faults()
            #expect(demo == [])
            let shop = try await sandbox.faults(of: "shop")
            #expect(shop.count == 3)
        }
    }

    @Test("are the whole truth: a document without them leaves none armed")
    func replaced() async throws {
        try await withSandbox { sandbox in
            try await sandbox.arm(["status": 503, "times": nil])
            try await sandbox.putState("connect_users: [{user_id: ann}]").succeeded()
            let faults = try await sandbox.faults()
            #expect(faults == [])
            let token = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(token.status == 200)
        }
    }

    @Test("go into the state of the whole sandbox, and come from it")
    func whole() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            _ = try await Self.statuses(1, sandbox)
            try await sandbox.arm(["status": 429])
            let state = try await sandbox.control(.get, "/state").succeeded().text
            try await sandbox.control(.delete, "/retailers/shop/faults").succeeded()
            try await sandbox.control(.delete, "/retailers/demo/faults").succeeded()
            try await sandbox.send(.put, "/_sandbox/state", headers: ["Content-Type": "application/json"], text: state)
                .succeeded()
            let again = try await sandbox.control(.get, "/state").succeeded().text
            #expect(again.isIdentical(to: state))
            let statuses = try await Self.statuses(2, sandbox)
            #expect(statuses == [503, 403])
        }
    }

    @Test("repeat no id, and say in which line they do")
    func repeatedID() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.putState("faults:\n  - {id: a, status: 503}\n  - {id: a, status: 429}\n")
            #expect(reply.status == 400)
            #expect(reply.errorMessage.contains("faults[1]"))
        }
    }

    /// How requests for the link of the customer Ann are answered; the token is older than the faults.
    private static func statuses(_ count: Int, _ sandbox: Sandbox) async throws -> [Int] {
        let token = try await sandbox.token(["grant_type": "client_credentials"], of: shop).string("access_token")
        var statuses: [Int] = []
        for _ in 0..<count {
            statuses.append(try await sandbox.linkStatus("ann", bearer: token).status)
        }
        return statuses
    }
}
