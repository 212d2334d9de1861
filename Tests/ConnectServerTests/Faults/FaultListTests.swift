import HTTPTypes
import TestSupport
import Testing

@Suite("The list of faults")
struct FaultListTests {
    private static let path = "/retailers/demo/faults"

    @Test("has each as it was given, with what was made up for it, in the order of arming")
    func list() async throws {
        try await withSandbox { sandbox in
            let none = try await sandbox.control(.get, Self.path)
            #expect(none.status == 200)
            #expect(none.json == ["faults": []])
            let first = try await sandbox.arm(
                [
                    "endpoint": "get_user_link", "outcome": "get_user_link.user_not_linked", "nth": 2, "times": 3,
                    "probability": 0.25, "seed": 99,
                ]
            )
            #expect(
                first == [
                    "id": first["id"] ?? .null, "endpoint": "get_user_link",
                    "outcome": "get_user_link.user_not_linked", "nth": 2, "times": 3, "probability": 0.25, "seed": 99,
                    "seen": 0, "hits": 0, "remaining": 3,
                ]
            )
            let second = try await sandbox.arm(
                ["method": "POST", "path": "/v2/oauth/*", "wire": "reset", "latency": ["uniform": [1, 2]]]
            )
            #expect(
                second == [
                    "id": second["id"] ?? .null, "method": "POST", "path": "/v2/oauth/*", "wire": "reset",
                    "latency": ["uniform": [1, 2]], "nth": 1, "times": 1, "probability": 1,
                    "seed": second["seed"] ?? .null, "seen": 0, "hits": 0, "remaining": 1,
                ]
            )
            let latencies: [JSONValue] = [["fixed": 250], ["lognormal": ["median": 200, "sigma": 0.5]]]
            for latency in latencies {
                let fault = try await sandbox.arm(["latency": latency])
                #expect(fault["latency"] == latency)
                #expect(fault.names.isDisjoint(with: ["endpoint", "method", "path", "outcome", "status", "wire"]))
            }
            let faults = try await sandbox.faults()
            #expect(faults.count == 4)
            #expect(faults.prefix(2) == [first, second])
            #expect(Set(faults.compactMap { $0["id"]?.string }).count == 4)
        }
    }

    @Test("gives each by its id, and 404 for any other")
    func get() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let fault = try await sandbox.arm(["status": 503])
            let id = try #require(fault["id"]?.string)
            let reply = try await sandbox.control(.get, "\(Self.path)/\(id)")
            #expect(reply.status == 200)
            #expect(reply.json == fault)
            for path in ["\(Self.path)/nothing", "/retailers/other/faults/\(id)"] {
                for method in [HTTPRequest.Method.get, .delete] {
                    let missing = try await sandbox.control(method, path)
                    #expect(missing.status == 404)
                    #expect(missing.errorCode == "fault_not_found")
                }
            }
            let still = try await sandbox.faults()
            #expect(still == [fault])
        }
    }

    @Test("is another retailer's own, and there is none of no retailer")
    func retailers() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await sandbox.arm(["status": 503])
            let others = try await sandbox.faults(of: "other")
            #expect(others == [])
            for method in [HTTPRequest.Method.get, .post, .delete] {
                let reply = try await sandbox.control(
                    method,
                    "/retailers/nobody/faults",
                    json: method == .post ? ["status": 503] : nil
                )
                #expect(reply.status == 404)
                #expect(reply.errorCode == "retailer_not_found")
            }
            try await sandbox.control(.delete, "/retailers/other/faults").succeeded()
            let kept = try await sandbox.faults()
            #expect(kept.count == 1)
        }
    }

    @Test("loses one, or all, and what is not there hits nothing")
    func delete() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let ids = try await [
                sandbox.arm(["status": 429, "times": nil]), sandbox.arm(["status": 500, "times": nil]),
                sandbox.arm(["status": 503, "times": nil]),
            ].compactMap { $0["id"]?.string }
            let first = try #require(ids.first)
            let deletion = try await sandbox.control(.delete, "\(Self.path)/\(first)")
            #expect(deletion.status == 204)
            #expect(deletion.text.isEmpty)
            let left = try await sandbox.faults()
            #expect(left.compactMap { $0["id"]?.string } == Array(ids.dropFirst()))
            let second = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(second.status == 500)
            let all = try await sandbox.control(.delete, Self.path)
            #expect(all.status == 204)
            let none = try await sandbox.faults()
            #expect(none == [])
            let untouched = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(untouched.status == 200)
        }
    }
}
