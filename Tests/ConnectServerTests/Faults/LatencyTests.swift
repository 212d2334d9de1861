import ConnectCore
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Latency")
struct LatencyTests {
    /// Numbers from 0 up to 1, both ends included as nearly as there are.
    private static let draws = [0, Double.leastNonzeroMagnitude, 0.1, 0.25, 0.5, 0.75, 0.999, 1.0.nextDown]

    @Test("fixed is always the same", arguments: [0, 1, 250, 60_000])
    func fixed(milliseconds: Int) {
        for draw in Self.draws {
            #expect(Latency.fixed(milliseconds).milliseconds(draw: draw, second: draw) == milliseconds)
        }
    }

    @Test("uniform lies between its bounds, and reaches both", arguments: [(100, 500), (0, 1), (7, 7), (0, 60_000)])
    func uniform(least: Int, most: Int) {
        let latency = Latency.uniform(least, most)
        let drawn = Self.draws.map { latency.milliseconds(draw: $0, second: 0.5) }
        #expect(drawn.min() == least)
        #expect(drawn.max() == most)
    }

    @Test("lognormal is never negative or over a minute, and its median is its median")
    func lognormal() {
        for (median, sigma) in [(200, 0.5), (1, 10), (60_000, 10), (60_000, 0.1), (0.5, 2)] {
            let latency = Latency.lognormal(median: median, sigma: sigma)
            for draw in Self.draws {
                for second in Self.draws {
                    let milliseconds = latency.milliseconds(draw: draw, second: second)
                    #expect((0...Latency.maximum).contains(milliseconds), "\(median) \(sigma) \(draw) \(second)")
                }
            }
        }
        let latency = Latency.lognormal(median: 200, sigma: 0.5)
        var below = 0
        for throwing in 1...1_000 {
            let dice = SeededDice(seed: 1, throwing: throwing)
            if latency.milliseconds(draw: dice.first, second: dice.second) < 200 { below += 1 }
        }
        #expect((450...550).contains(below))
    }

    @Test(
        "by chance is the same for the same seed, request by request, and another for another",
        arguments: [Latency.uniform(0, 60_000), .lognormal(median: 1_000, sigma: 1)]
    )
    func seed(latency: Latency) {
        #expect(Self.delays(latency, seed: 7) == Self.delays(latency, seed: 7))
        #expect(Self.delays(latency, seed: 7) != Self.delays(latency, seed: 8))
        #expect(Set(Self.delays(latency, seed: 7)).count > 10)
    }

    @Test(
        "holds back the answer, which is the usual one",
        arguments: [
            ["fixed": 80], ["uniform": [80, 90]], ["lognormal": ["median": 200, "sigma": 0.01]],
        ] as [JSONValue]
    )
    func measured(latency: JSONValue) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let armed = try await sandbox.arm(["endpoint": "create_user", "latency": latency])
            let clock = ContinuousClock()
            let start = clock.now
            let reply = try await sandbox.createUser("slow", bearer: bearer)
            #expect(start.duration(to: clock.now) >= .milliseconds(80))
            #expect(reply.outcome == "create_user.success")
            #expect(reply.faultHit == armed["id"]?.string)
            let status = try await sandbox.linkStatus("slow", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("goes with an outcome, too")
    func withOutcome() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.arm(["status": 503, "latency": ["fixed": 80]])
            let clock = ContinuousClock()
            let start = clock.now
            let reply = try await sandbox.createUser("slow", bearer: bearer)
            #expect(start.duration(to: clock.now) >= .milliseconds(80))
            #expect(reply.outcome == "any.unavailable")
        }
    }

    @Test("of one request holds no other back")
    func others() async throws {
        try await withSandbox(.ahc()) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.arm(["endpoint": "create_user", "latency": ["fixed": 2_000]])
            try await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask { try await sandbox.createUser("slow", bearer: bearer).outcome }
                group.addTask { try await sandbox.linkStatus("linked-inactive", bearer: bearer).outcome }
                let first = try await group.next()
                #expect(first == "get_user_link.success_not_a_member")
                let second = try await group.next()
                #expect(second == "create_user.success")
            }
        }
    }

    /// The delays of twenty requests that a rule hits.
    private static func delays(_ latency: Latency, seed: UInt64) -> [Int] {
        var rule = FaultRule(
            id: "slow",
            match: FaultRule.Match(),
            effect: FaultEffect(latency: latency),
            nth: 1,
            times: nil,
            probability: 1,
            seed: seed
        )
        let request = FaultTarget(endpoint: .getUserLink, method: "GET", path: "/v2/fulfillment/users/a/link")
        return (0..<20).compactMap { _ in rule.take(request)?.delay }
    }
}
