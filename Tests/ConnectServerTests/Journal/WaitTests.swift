import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Waiting for requests", .timeLimit(.minutes(10)))
struct WaitTests {
    private static func wait(_ query: String, of retailer: String? = "demo") -> String {
        Sandbox.journal(retailer, "/wait", query: query)
    }

    @Test("is over at once where they have come already, and has them all, the latest first")
    func already() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for user in ["a", "b", "c"] { _ = try await sandbox.linkStatus(user, bearer: bearer) }
            for (query, count) in [
                ("", 4), ("count=4", 4), ("endpoint=get_user_link", 3),
                ("endpoint=get_user_link&count=2&timeout=60s", 3),
                ("outcome=get_user_link.user_not_found&method=GET&status=400&path=/v2/*/b/*", 1), ("since=3", 1),
            ] {
                let reply = try await sandbox.control(.get, Self.wait(query))
                #expect(reply.status == 200)
                #expect(reply.json.names == ["count", "requests"])
                #expect(reply.json["count"]?.integer == count, "\(query)")
                let ids = try (reply.json["requests"]?.elements ?? []).map { try $0.exchangeID() }
                #expect(ids.count == count)
                #expect(ids == ids.sorted(by: >))
            }
        }
    }

    @Test("is over as soon as they have come")
    func arrival() async throws {
        try await withSandbox(.ahc()) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let clock = ContinuousClock()
            let start = clock.now
            async let waiting = sandbox.control(.get, Self.wait("endpoint=create_user&count=40&timeout=60s"))
            for number in 0..<40 { _ = try await sandbox.createUser("user-\(number)", bearer: bearer) }
            let reply = try await waiting
            #expect(reply.status == 200)
            #expect(reply.json["count"] == 40)
            #expect(start.duration(to: clock.now) < .seconds(50))
        }
    }

    @Test("is over for all who wait, of one retailer, of another and of all, each by its own filter")
    func several() async throws {
        try await withSandbox(.ahc(), state: twoRetailers) { sandbox in
            let paths = [
                Self.wait("endpoint=generate_access_token&timeout=60s"),
                Self.wait("status=200&count=1&timeout=60s", of: "other"),
                Self.wait("path=/v2/oauth/*&count=2&timeout=60s", of: nil),
            ]
            try await withThrowingTaskGroup(of: Reply.self) { group in
                for path in paths + paths { group.addTask { try await sandbox.control(.get, path) } }
                _ = try await sandbox.fulfillmentToken()
                _ = try await sandbox.fulfillmentToken(of: other)
                for try await reply in group {
                    #expect(reply.status == 200, "\(reply.errorMessage)")
                }
            }
        }
    }

    @Test("has what is nobody's, too")
    func nobodys() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
            let reply = try await sandbox.control(.get, Self.wait("path=/.well-known/*", of: nil))
            #expect(reply.json["count"] == 1)
        }
    }

    @Test("in vain ends when the time is over, and says what came and what was seen instead")
    func inVain() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.createUser("new", bearer: bearer)
            _ = try await sandbox.linkStatus("nobody", bearer: bearer)
            let clock = ContinuousClock()
            let start = clock.now
            let path = Self.wait("endpoint=create_user&count=2&timeout=150ms")
            let reply = try await sandbox.control(.get, path)
            #expect(start.duration(to: clock.now) >= .milliseconds(150))
            #expect(reply.status == 408)
            #expect(reply.json.names == ["error", "count", "requests", "seen"])
            #expect(reply.errorCode == "wait_timeout")
            #expect(reply.json["error"]?["path"] == "/_sandbox/retailers/demo/requests/wait")
            #expect(!reply.errorMessage.isEmpty)
            #expect(reply.json["count"] == 1)
            #expect(reply.json["requests"]?.elements.map { $0["endpoint"] } == ["create_user"])
            #expect(
                reply.json["seen"] == [
                    [
                        "id": 3, "method": "GET", "path": "/v2/fulfillment/users/nobody/link", "status": 400,
                        "outcome": "get_user_link.user_not_found",
                    ],
                    [
                        "id": 1, "method": "POST", "path": "/v2/oauth/token", "status": 200,
                        "outcome": "generate_access_token.success",
                    ],
                ]
            )
        }
    }

    @Test("in vain shows the latest twenty others, and no other retailer's")
    func seen() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 0..<25 { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
            _ = try await sandbox.fulfillmentToken(of: other)
            let reply = try await sandbox.control(.get, Self.wait("endpoint=link_user&timeout=10ms"))
            #expect(reply.status == 408)
            #expect(reply.json["requests"] == [])
            let seen = (reply.json["seen"]?.elements ?? []).map { $0["path"]?.string }
            #expect(seen == (5..<25).reversed().map { "/v2/fulfillment/users/user-\($0)/link" })
        }
    }

    @Test("does not count what came before since, nor what another retailer's application sent")
    func uncounted() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            let last = try #require(try await sandbox.requests("limit=1").first).exchangeID()
            let foreign = try await sandbox.fulfillmentToken(of: other)
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: foreign)
            let reply = try await sandbox.control(.get, Self.wait("endpoint=get_user_link&since=\(last)&timeout=20ms"))
            #expect(reply.status == 408)
            #expect(reply.json["count"] == 0)
        }
    }

    @Test("ends with the server, and does not keep it")
    func shutdown() async throws {
        let (endings, ended) = AsyncStream.makeStream(of: Void.self)
        let (starts, stopping) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        let clock = ContinuousClock()
        try await withSandbox(.live) { sandbox in
            let (answers, answered) = AsyncStream.makeStream(of: Void.self)
            let port = sandbox.port
            Task {
                defer { ended.finish() }
                // The wait goes with a request before it: once that is answered, the server has both.
                let path = "/livez HTTP/1.1\r\nHost: x\r\n\r\nGET /_sandbox" + Self.wait("timeout=60s")
                _ = try? await withEventStream(path, port: port) { connection in
                    answered.finish()
                    return try await connection.next()
                }
                answered.finish()
            }
            for await _ in answers {}
            stopping.yield(clock.now)
        }
        for await _ in endings {}
        let start = try #require(await starts.first { _ in true })
        #expect(start.duration(to: clock.now) < .seconds(15))
    }

    @Test(
        "takes a duration and a number that can be meant",
        arguments: [
            "timeout=5", "timeout=61s", "timeout=60001ms", "timeout=-1s", "timeout=1m", "timeout=1.5s", "timeout=soon",
            "timeout=", "timeout=5S", "timeout=5s&timeout=1s", "count=0", "count=-1", "count=x", "count=", "count=1.5",
            "limit=5", "before=3",
        ]
    )
    func wrong(query: String) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.control(.get, Self.wait(query))
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_parameter")
        }
    }
}
