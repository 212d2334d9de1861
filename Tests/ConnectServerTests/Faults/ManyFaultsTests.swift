import ConnectCore
import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("A hundred faults across twenty retailers, over real sockets", .timeLimit(.minutes(10)))
struct ManyFaultsTests {
    /// One of a retailer's five faults.
    private struct Armed: Sendable {
        let endpoint: Endpoint
        let outcome: String
        let times: Int
        let id: String
        let request: EndpointRequest
    }

    private struct Answer: Sendable {
        let retailer: String
        let endpoint: Endpoint
        let faultHit: String?
        let outcome: String?
    }

    private static let retailers = 20
    /// How often each endpoint of each retailer is asked.
    private static let requests = 7
    private static let faults: [(Endpoint, String)] = [
        (.getUserLink, "get_user_link.user_not_active"), (.createUser, "any.unavailable"),
        (.generateAccessToken, "generate_access_token.invalid_client"), (.revokeAccessToken, "any.rate_limited"),
        (.authorizeInstacartUser, "any.internal_error"),
    ]
    private static let document = """
        instacart_users: [{id: 1}, {id: 2}, {id: 3}]
        connect_users: [{user_id: linked-inactive, linked_to: 2}]
        """

    @Test("are each hit by their own retailer's requests for their own endpoint, and exactly as often as they say")
    func hits() async throws {
        try await withSandbox(.ahc()) { sandbox in
            var armed: [String: [Armed]] = [:]
            for number in 0..<Self.retailers {
                let retailer = try await sandbox.createRetailer(Self.document)
                armed[retailer.id] = try await Self.arm(retailer, number, sandbox)
            }
            #expect(armed.values.flatMap(\.self).count == 100)
            let answers = try await Self.ask(armed, sandbox)
            #expect(answers.count == 100 * Self.requests)
            for (retailer, faults) in armed {
                try await Self.expect(faults, of: retailer, answers, sandbox)
            }
        }
    }

    @Test("one that hits once is hit once, however many requests come together")
    func race() async throws {
        try await withSandbox(.ahc()) { sandbox in
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            try await sandbox.arm(["endpoint": "get_user_link", "status": 503])
            let hits = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 { group.addTask { try await sandbox.send(request).status == 503 } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(hits == 1)
        }
    }

    /// Arms a retailer's five, each with a number of hits of its own.
    private static func arm(_ retailer: TestRetailer, _ number: Int, _ sandbox: Sandbox) async throws -> [Armed] {
        var requests: [Endpoint: EndpointRequest] = [:]
        for (endpoint, _) in faults {
            requests[endpoint] = try await EndpointRequest.ready(endpoint, in: sandbox, of: retailer.application)
        }
        var armed: [Armed] = []
        for (index, (endpoint, outcome)) in faults.enumerated() {
            let times = 1 + (number + index) % (Self.requests - 1)
            let fault = try await sandbox.arm(
                [
                    "endpoint": .string(endpoint.name), "outcome": .string(outcome), "times": .number(Double(times)),
                ],
                of: retailer.id
            )
            armed.append(
                Armed(
                    endpoint: endpoint,
                    outcome: outcome,
                    times: times,
                    id: try #require(fault["id"]?.string),
                    request: try #require(requests[endpoint])
                )
            )
        }
        return armed
    }

    /// Sends every request of every retailer at once.
    private static func ask(_ armed: [String: [Armed]], _ sandbox: Sandbox) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for (retailer, faults) in armed {
                for fault in faults {
                    for _ in 0..<requests {
                        group.addTask {
                            let reply = try await sandbox.send(fault.request)
                            return Answer(
                                retailer: retailer,
                                endpoint: fault.endpoint,
                                faultHit: reply.faultHit,
                                outcome: reply.outcome
                            )
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func expect(
        _ faults: [Armed],
        of retailer: String,
        _ answers: [Answer],
        _ sandbox: Sandbox
    ) async throws {
        let left = try await sandbox.faults(of: retailer)
        #expect(left.count == faults.count)
        for (fault, shown) in zip(faults, left) {
            let mine = answers.filter { $0.retailer == retailer && $0.endpoint == fault.endpoint }
            let hit = mine.filter { $0.faultHit != nil }
            #expect(hit.count == fault.times, "\(fault.endpoint)")
            #expect(hit.allSatisfy { $0.faultHit == fault.id && $0.outcome == fault.outcome })
            #expect(mine.filter { $0.faultHit == nil }.allSatisfy { $0.outcome != fault.outcome })
            #expect(shown["id"]?.string == fault.id)
            #expect(shown["hits"]?.integer == fault.times)
            #expect(shown["remaining"] == 0)
        }
    }
}
