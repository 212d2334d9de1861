import ConnectServer
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("The bounds of the journal", .timeLimit(.minutes(10)))
struct BoundsTests {
    private static func settings(count: Int? = nil, bytes: Int? = nil) -> Settings {
        var settings = Settings()
        if let count { settings.journalCount = count }
        if let bytes { settings.journalBytes = bytes }
        return settings
    }

    @Test("keep so many exchanges under load, the latest of them, and ids go on")
    func count() async throws {
        try await withSandbox(.ahc(), settings: Self.settings(count: 50)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for round in 1...3 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<100 {
                        group.addTask { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
                    }
                    try await group.waitForAll()
                }
                let ids = try await sandbox.requests("limit=1000").map { try $0.exchangeID() }
                let last = 1 + round * 100
                #expect(ids == Array((last - 49...last).reversed()))
                let count = try await sandbox.requestCount(of: nil)
                #expect(count == 50)
                let oldest = try await sandbox.control(.get, Sandbox.journal(nil, "/\(last - 50)"))
                #expect(oldest.errorCode == "request_not_found")
            }
        }
    }

    @Test("let one retailer's exchanges push out another's: they are the whole sandbox's")
    func shared() async throws {
        try await withSandbox(state: twoRetailers, settings: Self.settings(count: 5)) { sandbox in
            _ = try await sandbox.fulfillmentToken()
            for _ in 0..<5 { _ = try await sandbox.fulfillmentToken(of: other) }
            let mine = try await sandbox.requestCount()
            #expect(mine == 0)
            let theirs = try await sandbox.requestCount(of: "other")
            #expect(theirs == 5)
        }
    }

    @Test("of one exchange are enough for the latest")
    func one() async throws {
        try await withSandbox(settings: Self.settings(count: 1)) { sandbox in
            for _ in 0..<3 { _ = try await sandbox.fulfillmentToken() }
            let ids = try await sandbox.requests().map { try $0.exchangeID() }
            #expect(ids == [3])
        }
    }

    @Test("keep so many bytes, whatever the number of exchanges")
    func bytes() async throws {
        let limit = 200_000
        try await withSandbox(settings: Self.settings(bytes: limit)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 0..<60 {
                try await Self.createUser("user-\(number)", size: 10_000, bearer: bearer, sandbox)
            }
            let ids = try await sandbox.requests("limit=1000").map { try $0.exchangeID() }
            // Twenty bodies would fill it; headers and answers take some of it, too.
            #expect((10...20).contains(ids.count), "\(ids.count)")
            #expect(ids == Array((62 - ids.count...61).reversed()))
            let text = try await sandbox.control(.get, Sandbox.journal(query: "limit=1000")).text
            #expect(text.utf8.count < 2 * limit)
            for _ in 0..<100 { _ = try await sandbox.linkStatus("a", bearer: bearer) }
            let count = try await sandbox.requestCount() ?? 0
            #expect(count >= 100)
        }
    }

    @Test("keep no more of a body than 16 KiB, and what is no longer whole is named by its size")
    func body() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for (size, isWhole) in [(16_000, true), (17_000, false), (1_000_000, false)] {
                try await Self.createUser("user-\(size)", size: size, bearer: bearer, sandbox)
                let exchange = try #require(try await sandbox.requests("limit=1").first)
                let body = try #require(exchange["request"]?["body"]?.string)
                #expect(body.utf8.count <= 16_384)
                #expect((body.utf8.count >= size) == isWhole)
                #expect(isWhole || body.contains("bytes of application/json"))
            }
        }
    }

    @Test("hold under large bodies: a hundred megabytes leave no more than the latest few")
    func largeBodies() async throws {
        try await withSandbox(settings: Self.settings(bytes: 100_000)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 0..<100 {
                try await Self.createUser("user-\(number)", size: 1_000_000, bearer: bearer, sandbox)
            }
            let ids = try await sandbox.requests("limit=1000").map { try $0.exchangeID() }
            #expect((1...100).contains(ids.count))
            #expect(ids.first == 101)
            #expect(ids == Array((102 - ids.count...101).reversed()))
        }
    }

    @Test("leave a wait what is there")
    func wait() async throws {
        try await withSandbox(settings: Self.settings(count: 3)) { sandbox in
            for _ in 0..<10 { _ = try await sandbox.fulfillmentToken() }
            let three = try await sandbox.control(.get, Sandbox.journal("demo", "/wait", query: "count=3"))
            #expect(three.status == 200)
            let four = try await sandbox.control(.get, Sandbox.journal("demo", "/wait", query: "count=4&timeout=10ms"))
            #expect(four.status == 408)
            #expect(four.json["count"] == 3)
        }
    }

    /// Creates a Connect user with a body of about this size.
    private static func createUser(_ userID: String, size: Int, bearer: String, _ sandbox: Sandbox) async throws {
        try await sandbox.send(
            .post,
            "/v2/fulfillment/users",
            bearer: bearer,
            json: [
                "user_id": .string(userID), "first_name": "Ann", "filler": .string(String(repeating: "x", count: size)),
            ]
        ).succeeded()
    }
}
