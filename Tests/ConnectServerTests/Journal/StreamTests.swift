import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("The stream of requests, over a real socket", .timeLimit(.minutes(10)))
struct StreamTests {
    private static func path(_ query: String = "", of retailer: String? = "demo") -> String {
        "/_sandbox" + Sandbox.journal(retailer, "/stream", query: query)
    }

    @Test("has each exchange as it happens, and begins with what comes after it was asked for")
    func live() async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await withEventStream(Self.path(), port: sandbox.port) { stream in
                #expect(stream.head.status == 200)
                #expect(stream.head.headers["content-type"]?.hasPrefix("text/event-stream") == true)
                #expect(stream.head.headers["content-length"] == nil)
                for number in 2...4 {
                    _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer)
                    let event = try #require(try await stream.next())
                    #expect(event.name == "exchange")
                    #expect(event.id == "\(number)")
                    let shown = try await sandbox.control(.get, Sandbox.journal("demo", "/\(number)"))
                    #expect(event.json == shown.json)
                    #expect(event.json["path"]?.string == "/v2/fulfillment/users/user-\(number)/link")
                }
            }
        }
    }

    @Test("goes on after the last event that the client has seen", arguments: ["header", "query"])
    func resumption(way: String) async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 2...6 { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
            let path = way == "query" ? Self.path("last_event_id=3") : Self.path()
            let headers = way == "header" ? [("Last-Event-ID", "3")] : []
            try await withEventStream(path, headers: headers, port: sandbox.port) { stream in
                var ids: [String?] = []
                for _ in 0..<3 { ids.append(try await stream.next()?.id) }
                #expect(ids == ["4", "5", "6"])
                _ = try await sandbox.linkStatus("later", bearer: bearer)
                let event = try await stream.next()
                #expect(event?.id == "7")
            }
        }
    }

    @Test("drops and repeats nothing across reconnections, however much goes on meanwhile")
    func reconnections() async throws {
        try await withSandbox(.ahc()) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            async let traffic: Void = withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
                }
                try await group.waitForAll()
            }
            var ids: [Int] = []
            while ids.last != 201 {
                let last = ids.last ?? 1
                ids += try await withEventStream(Self.path("last_event_id=\(last)"), port: sandbox.port) { stream in
                    var ids: [Int] = []
                    while ids.count < 17, last + ids.count < 201, let event = try await stream.next() {
                        ids.append(try event.json.exchangeID())
                    }
                    return ids
                }
            }
            try await traffic
            #expect(ids == Array(2...201))
        }
    }

    @Test("tells of a gap where what came next is no longer there")
    func gap() async throws {
        var settings = Settings()
        settings.journalCount = 10
        try await withSandbox(.live, settings: settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 2...30 { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
            try await withEventStream(Self.path("last_event_id=5"), port: sandbox.port) { stream in
                let gap = try #require(try await stream.next())
                #expect(gap.name == "gap")
                #expect(gap.json == ["missed": 15])
                var ids: [String?] = []
                for _ in 0..<10 { ids.append(try await stream.next()?.id) }
                #expect(ids == (21...30).map { "\($0)" })
                _ = try await sandbox.linkStatus("later", bearer: bearer)
                let next = try await stream.next()
                #expect(next?.name == "exchange")
                #expect(next?.id == "31")
            }
        }
    }

    @Test("has no gap where nothing is missing")
    func noGap() async throws {
        var settings = Settings()
        settings.journalCount = 10
        try await withSandbox(.live, settings: settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 2...30 { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
            try await withEventStream(Self.path("last_event_id=20"), port: sandbox.port) { stream in
                let first = try await stream.next()
                #expect(first?.name == "exchange")
                #expect(first?.id == "21")
            }
        }
    }

    @Test("of a server that was restarted tells all that it has to a client that knows more than there is")
    func restart() async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await withEventStream(Self.path("last_event_id=9999"), port: sandbox.port) { stream in
                _ = try await sandbox.linkStatus("a", bearer: bearer)
                for id in ["1", "2"] {
                    let event = try await stream.next()
                    #expect(event?.name == "exchange")
                    #expect(event?.id == id)
                }
            }
        }
    }

    @Test(
        "leaves out what its filter does, and what is not the retailer's",
        arguments: [
            "endpoint=create_user", "outcome=create_user.success", "status=200&method=POST", "path=/v2/*/users",
        ]
    )
    func filters(query: String) async throws {
        try await withSandbox(.live, state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let foreign = try await sandbox.fulfillmentToken(of: other)
            try await withEventStream(Self.path(query), port: sandbox.port) { stream in
                _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
                _ = try await sandbox.createUser("theirs", bearer: foreign)
                _ = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
                _ = try await sandbox.createUser("mine", bearer: bearer)
                let event = try #require(try await stream.next())
                #expect(event.json["endpoint"] == "create_user")
                #expect(event.json["retailer"] == "demo")
                #expect(event.id == "6")
            }
        }
    }

    @Test("of everything has every retailer's, and what is nobody's")
    func everything() async throws {
        try await withSandbox(.live, state: twoRetailers) { sandbox in
            try await withEventStream(Self.path(of: nil), port: sandbox.port) { stream in
                _ = try await sandbox.fulfillmentToken()
                _ = try await sandbox.fulfillmentToken(of: other)
                _ = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
                var retailers: [String?] = []
                for _ in 0..<3 { retailers.append(try await stream.next()?.json["retailer"]?.string) }
                #expect(retailers == ["demo", "other", nil])
            }
        }
    }

    @Test("has the same for each of many readers")
    func readers() async throws {
        try await withSandbox(.ahc()) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let seen = try await withThrowingTaskGroup(of: [String?].self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await withEventStream(Self.path("last_event_id=1"), port: sandbox.port) { stream in
                            var ids: [String?] = []
                            for _ in 0..<20 { ids.append(try await stream.next()?.id) }
                            return ids
                        }
                    }
                }
                for _ in 0..<20 { _ = try await sandbox.linkStatus("a", bearer: bearer) }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(seen.count == 10)
            #expect(Set(seen) == [(2...21).map { "\($0)" }])
        }
    }

    @Test("goes on being served while a reader reads nothing")
    func idleReader() async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await withEventStream(Self.path(), port: sandbox.port) { stream in
                for _ in 0..<300 {
                    let reply = try await sandbox.linkStatus("a", bearer: bearer)
                    #expect(reply.status == 400)
                }
                let first = try await stream.next()
                #expect(first?.id == "2")
            }
        }
    }

    @Test("ends with the server, in order and without delay")
    func shutdown() async throws {
        let (endings, ended) = AsyncStream.makeStream(of: String.self)
        let clock = ContinuousClock()
        let (starts, stopping) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        try await withSandbox(.live) { sandbox in
            let (openings, opened) = AsyncStream.makeStream(of: Void.self)
            let port = sandbox.port
            Task {
                defer { ended.finish() }
                do {
                    let ending = try await withEventStream(Self.path(of: nil), port: port) { stream in
                        opened.yield()
                        let event = try await stream.next()
                        let nothing = try await stream.next()
                        return "\(event?.id ?? "none"), \(nothing?.id ?? "none"), \(stream.hasEnded)"
                    }
                    ended.yield(ending)
                } catch {
                    opened.finish()
                    ended.yield("\(error)")
                }
            }
            for await _ in openings { break }
            _ = try await sandbox.fulfillmentToken()
            stopping.yield(clock.now)
        }
        let ending = await endings.first { _ in true }
        #expect(ending == "1, none, true")
        let start = try #require(await starts.first { _ in true })
        #expect(start.duration(to: clock.now) < .seconds(15))
    }
}
