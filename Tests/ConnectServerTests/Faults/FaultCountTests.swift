import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite("Which of the matching requests a fault hits")
struct FaultCountTests {
    struct Count: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: [String: JSONValue]
        /// Which of six requests are hit.
        let hit: [Bool]
    }

    static let counts = [
        Count(testDescription: "the first only", fields: [:], hit: [true, false, false, false, false, false]),
        Count(testDescription: "the nth", fields: ["nth": 3], hit: [false, false, true, false, false, false]),
        Count(testDescription: "so many", fields: ["times": 2], hit: [true, true, false, false, false, false]),
        Count(
            testDescription: "so many from the nth on",
            fields: ["nth": 2, "times": 3],
            hit: [false, true, true, true, false, false]
        ),
        Count(testDescription: "all", fields: ["times": nil], hit: [true, true, true, true, true, true]),
        Count(
            testDescription: "all from the nth on",
            fields: ["nth": 4, "times": nil],
            hit: [false, false, false, true, true, true]
        ),
        Count(
            testDescription: "with certainty, whatever the seed",
            fields: ["times": 2, "probability": 1, "seed": 12345],
            hit: [true, true, false, false, false, false]
        ),
        Count(testDescription: "none before the nth", fields: ["nth": 7], hit: [Bool](repeating: false, count: 6)),
    ]

    @Test("is said by nth and times", arguments: counts)
    func count(count: Count) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await Self.arm(count.fields, sandbox)
            let hit = try await Self.hits(6, sandbox, bearer: bearer)
            #expect(hit == count.hit)
        }
    }

    @Test("shows in what remains, after every request")
    func remaining() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let armed = try await Self.arm(["nth": 2, "times": 2], sandbox)
            #expect(armed["seen"] == 0)
            #expect(armed["hits"] == 0)
            #expect(armed["remaining"] == 2)
            for (hits, remaining) in [(0, 2), (1, 1), (2, 0)] {
                _ = try await Self.hits(1, sandbox, bearer: bearer)
                let fault = try #require(try await sandbox.faults().first)
                #expect(fault["hits"]?.integer == hits)
                #expect(fault["seen"]?.integer == hits + 1)
                #expect(fault["remaining"]?.integer == remaining)
                #expect(fault["id"] == armed["id"])
            }
            _ = try await Self.hits(3, sandbox, bearer: bearer)
            let spent = try #require(try await sandbox.faults().first)
            #expect(spent["hits"] == 2)
            #expect(spent["remaining"] == 0)
        }
    }

    @Test("without end has no number of what remains, and goes on counting")
    func endless() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let armed = try await Self.arm(["times": nil], sandbox)
            #expect(armed["times"] == .null)
            #expect(armed["remaining"] == .null)
            _ = try await Self.hits(25, sandbox, bearer: bearer)
            let fault = try #require(try await sandbox.faults().first)
            #expect(fault["hits"] == 25)
            #expect(fault["remaining"] == .null)
        }
    }

    @Test("by chance is the same for the same seed, in any sandbox, and another for another")
    func seed() async throws {
        let first = try await Self.pattern(["seed": 7])
        let again = try await Self.pattern(["seed": 7])
        let other = try await Self.pattern(["seed": 8])
        #expect(again == first)
        #expect(other != first)
        #expect((15...45).contains(first.count { $0 }))
    }

    @Test("by chance repeats with the seed that was made up for it, which every JSON reader can hold")
    func madeUpSeed() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let fields: [String: JSONValue] = ["times": nil, "probability": 0.5]
            let armed = try await Self.arm(fields, sandbox)
            let seed = try #require(armed["seed"]?.integer)
            #expect((0...(1 << 53)).contains(seed))
            let first = try await Self.hits(40, sandbox, bearer: bearer)
            try await sandbox.control(.delete, "/retailers/demo/faults").succeeded()
            try await Self.arm(fields.merging(["seed": .number(Double(seed))]) { $1 }, sandbox)
            let again = try await Self.hits(40, sandbox, bearer: bearer)
            #expect(again == first)
        }
    }

    @Test("by chance is as many as is likely, and no more than times")
    func likelihood() async throws {
        let rare = try await Self.pattern(["seed": 1, "probability": 0.1]).count { $0 }
        let frequent = try await Self.pattern(["seed": 1, "probability": 0.9]).count { $0 }
        #expect((1...15).contains(rare))
        #expect((45...59).contains(frequent))
        let limited = try await Self.pattern(["seed": 1, "times": 3]).count { $0 }
        #expect(limited == 3)
    }

    /// Which of sixty requests a fault of chance hits, in a sandbox of its own.
    private static func pattern(_ fields: [String: JSONValue]) async throws -> [Bool] {
        let pattern = Mutex<[Bool]>([])
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await arm(["times": nil, "probability": 0.5].merging(fields) { $1 }, sandbox)
            let hits = try await hits(60, sandbox, bearer: bearer)
            pattern.withLock { $0 = hits }
        }
        return pattern.withLock { $0 }
    }

    @discardableResult
    private static func arm(_ fields: [String: JSONValue], _ sandbox: Sandbox) async throws -> JSONValue {
        try await sandbox.arm(.object(["endpoint": "get_user_link", "status": 503].merging(fields) { $1 }))
    }

    private static func hits(_ count: Int, _ sandbox: Sandbox, bearer: String) async throws -> [Bool] {
        var hits: [Bool] = []
        for _ in 0..<count {
            let reply = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect((reply.status == 503) == (reply.faultHit != nil))
            hits.append(reply.faultHit != nil)
        }
        return hits
    }
}
