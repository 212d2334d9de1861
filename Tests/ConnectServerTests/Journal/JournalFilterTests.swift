import HTTPTypes
import TestSupport
import Testing

@Suite("A filter of the journal")
struct JournalFilterTests {
    /// With the numbers, from 1, of those of ``record(in:)`` that it leaves.
    static let filters: [(String, [Int])] = [
        ("", [1, 2, 3, 4, 5, 6]), ("endpoint=get_user_link", [2, 3, 5]), ("endpoint=link_user", []),
        ("outcome=get_user_link.user_not_found", [3, 5]), ("outcome=any.not_found", [6]), ("status=200", [1, 2, 4]),
        ("status=404", [6]), ("status=500", []), ("method=GET", [2, 3, 5]), ("method=POST", [1, 4, 6]),
        ("method=DELETE", []), ("path=/v2/oauth/token", [1]), ("path=/v2/fulfillment/users/*", [2, 3, 5]),
        ("path=/v2/fulfillment/users/*/link", [2, 3, 5]), ("path=*", [1, 2, 3, 4, 5, 6]),
        ("path=/v2/fulfillment/users", [4]), ("path=%2Fv2%2Fnothing", [6]), ("path=/v2/*nothing*", [3, 5, 6]),
        ("path=/v2", []), ("since=2", [3, 4, 5, 6]), ("since=6", []), ("since=0", [1, 2, 3, 4, 5, 6]),
        ("since=2026-01-01T00:00:25Z", [4, 5, 6]), ("since=2027-01-01T00:00:00Z", []),
        ("since=2025-01-01T00:00:00.500Z", [1, 2, 3, 4, 5, 6]), ("limit=2", [5, 6]), ("limit=1", [6]),
        ("limit=1000", [1, 2, 3, 4, 5, 6]), ("before=3", [1, 2]), ("before=1", []), ("before=5&limit=2", [3, 4]),
        ("since=1&before=4", [2, 3]), ("endpoint=get_user_link&status=400&limit=1", [5]),
        ("method=GET&outcome=create_user.success", []),
    ]

    @Test("leaves what it says", arguments: filters)
    func list(query: String, left: [Int]) async throws {
        try await withSandbox { sandbox in
            try await Self.record(in: sandbox)
            let ids = try await sandbox.requests(query).map { try $0.exchangeID() }
            #expect(ids == left.reversed())
            guard !query.contains("limit") else { return }
            let count = try await sandbox.requestCount(query)
            #expect(count == left.count)
        }
    }

    @Test("pages through everything, each once, whatever is recorded meanwhile")
    func paging() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for number in 0..<22 { _ = try await sandbox.linkStatus("user-\(number)", bearer: bearer) }
            var pages: [[Int]] = []
            var query = "endpoint=get_user_link&limit=5"
            while true {
                let page = try await sandbox.requests(query).map { try $0.exchangeID() }
                guard let last = page.last else { break }
                pages.append(page)
                query = "endpoint=get_user_link&limit=5&before=\(last)"
                _ = try await sandbox.linkStatus("later", bearer: bearer)
            }
            #expect(pages.map(\.count) == [5, 5, 5, 5, 2])
            #expect(pages.flatMap(\.self) == Array((2...23).reversed()))
        }
    }

    @Test("gives a hundred where it says nothing of how many")
    func defaultLimit() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for _ in 0..<120 { _ = try await sandbox.linkStatus("a", bearer: bearer) }
            let page = try await sandbox.requests()
            #expect(page.count == 100)
            let all = try await sandbox.requests("limit=1000")
            #expect(all.count == 121)
        }
    }

    static let wrong = [
        "limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "limit=1.5", "status=abc", "status=", "status=99",
        "status=1000", "before=x", "before=-1", "before=", "since=yesterday", "since=-1", "since=",
        "since=2026-13-01T00:00:00Z", "endpoint=nobody", "endpoint=", "outcome=nothing", "outcome=", "colour=red",
        "Endpoint=link_user", "limit=1&limit=2", "status=200&status=404", "count=1",
    ]

    @Test("that cannot be meant is refused", arguments: wrong)
    func refused(query: String) async throws {
        try await withSandbox { sandbox in
            for owner in ["demo", nil] {
                let reply = try await sandbox.control(.get, Sandbox.journal(owner, query: query))
                #expect(reply.status == 400)
                #expect(reply.errorCode == "invalid_parameter")
                #expect(reply.errorMessage.count > 10)
            }
        }
    }

    @Test(
        "that cannot be meant is refused by count, wait and stream, too",
        arguments: ["/count", "/wait", "/stream"],
        ["status=abc", "endpoint=nobody", "outcome=nothing", "colour=red", "method=", "path="]
    )
    func refusedElsewhere(path: String, query: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, Sandbox.journal("demo", path, query: query))
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_parameter")
        }
    }

    /// Six exchanges, ten seconds after one another.
    private static func record(in sandbox: Sandbox) async throws {
        let bearer = try await sandbox.fulfillmentToken()
        sandbox.environment.advance(seconds: 10)
        _ = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
        sandbox.environment.advance(seconds: 10)
        _ = try await sandbox.linkStatus("nothing", bearer: bearer)
        sandbox.environment.advance(seconds: 10)
        _ = try await sandbox.createUser("new", bearer: bearer)
        sandbox.environment.advance(seconds: 10)
        _ = try await sandbox.linkStatus("nothing", bearer: bearer)
        sandbox.environment.advance(seconds: 10)
        _ = try await sandbox.send(.post, "/v2/nothing", bearer: bearer)
    }
}
