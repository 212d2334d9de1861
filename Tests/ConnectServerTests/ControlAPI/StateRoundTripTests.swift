import ConnectCore
import HTTPTypes
import TestSupport
import Testing

/// Texts are compared byte by byte: Swift's `==` takes two ways of writing “é” for one.
@Suite("Export, import, export")
struct StateRoundTripTests {
    struct Clock: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: JSONValue
        /// Milliseconds that the real time is past the second.
        var fraction: Int64 = 0
    }

    static let clocks = [
        Clock(testDescription: "real", fields: ["now": nil]),
        Clock(testDescription: "ahead", fields: ["now": "2026-03-04T05:06:07Z"]),
        Clock(testDescription: "behind", fields: ["now": "2019-12-31T23:59:59Z"]),
        Clock(testDescription: "frozen", fields: ["now": "2030-06-01T00:00:00Z", "frozen": true]),
        Clock(
            testDescription: "ahead of a real time with a fraction",
            fields: ["now": "2026-03-04T05:06:07Z"],
            fraction: 250
        ),
        Clock(
            testDescription: "behind a real time with a fraction",
            fields: ["now": "2025-03-04T05:06:07Z"],
            fraction: 999
        ),
        Clock(testDescription: "frozen at a fraction", fields: ["frozen": true], fraction: 1),
    ]

    @Test(
        "gives the same bytes after a linking loop, with every kind of code and token",
        arguments: Self.clocks,
        StateFormat.allCases
    )
    func loop(clock: Clock, format: StateFormat) async throws {
        try await withSeededSandbox(3, ahead: clock.fraction) { sandbox in
            try await sandbox.setClock(clock.fields)
            try await Self.leaveTraces(in: sandbox)
            for tokens in [false, true] {
                let first = try await sandbox.state(as: format, tokens: tokens)
                sandbox.environment.advance(seconds: 3600)
                try await sandbox.putState(first, as: format, tokens: tokens).succeeded()
                let second = try await sandbox.state(as: format, tokens: tokens)
                #expect(second.isIdentical(to: first))
                try await Self.leaveTraces(in: sandbox)
            }
        }
    }

    @Test("gives the same bytes across formats, and in another sandbox", arguments: StateFormat.allCases)
    func elsewhere(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            try await Self.leaveTraces(in: sandbox)
            let document = try await sandbox.state(as: format, tokens: true)
            let json = try await sandbox.state(as: .json, tokens: true)
            let yaml = try await sandbox.state(as: .yaml, tokens: true)
            try await withSeededSandbox(3) { other in
                try await other.putState(document, as: format, tokens: true).succeeded()
                let otherJSON = try await other.state(as: .json, tokens: true)
                let otherYAML = try await other.state(as: .yaml, tokens: true)
                #expect(otherJSON.isIdentical(to: json))
                #expect(otherYAML.isIdentical(to: yaml))
            }
        }
    }

    @Test(
        "gives the same bytes at the end of the calendar, where tokens expire after it",
        arguments: StateFormat.allCases
    )
    func endOfCalendar(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "9998-12-31T23:59:59Z", "frozen": true])
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.createInstacartUser("new@example.com", isMember: true, bearer: bearer).succeeded()
            let first = try await sandbox.state(as: format, tokens: true)
            let reply = try await sandbox.putState(first, as: format, tokens: true)
            #expect(reply.status == 200, "\(reply.errorMessage)")
            let second = try await sandbox.state(as: format, tokens: true)
            #expect(second.isIdentical(to: first))
        }
    }

    /// What is done to the retailer at the edge of what it takes, be it refused or not.
    struct Edge: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let requests: [(method: HTTPRequest.Method, path: String, body: String)]
    }

    static let edges = [
        Edge(
            testDescription: "the last second of the calendar",
            requests: [(.patch, "/clock", "{now: 9999-12-31T23:59:59Z, frozen: true}")]
        ),
        Edge(
            testDescription: "the first second of the calendar",
            requests: [(.patch, "/clock", "now: 1583-01-01T00:00:00Z")]
        ),
        Edge(
            testDescription: "a membership that ends after the calendar",
            requests: [
                (.post, "/instacart_users", "{instacartplus_member: true, expires_in: P9000Y}"),
                (.patch, "/instacart_users/4", "expires_in: P9999Y"),
            ]
        ),
        Edge(
            testDescription: "the largest id, and one more",
            requests: [(.post, "/instacart_users", "id: 9007199254740992"), (.post, "/instacart_users", "{}")]
        ),
        Edge(
            testDescription: "an application without scopes and redirect URIs",
            requests: [(.post, "/applications", "{scopes: [], redirect_uris: []}")]
        ),
        Edge(
            testDescription: "a redirect URI twice",
            requests: [(.post, "/applications", "redirect_uris: ['https://a.example/cb', 'https://a.example/cb']")]
        ),
    ]

    @Test("works at the edges, too", arguments: Self.edges, StateFormat.allCases)
    func atTheEdge(edge: Edge, format: StateFormat) async throws {
        try await withSandbox { sandbox in
            for request in edge.requests {
                _ = try await sandbox.control(request.method, "/retailers/demo\(request.path)", yaml: request.body)
            }
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.createInstacartUser("new@example.com", isMember: true, bearer: bearer)
            _ = try await sandbox.createInstacartUser("newer@example.com", bearer: bearer)
            let first = try await sandbox.state(as: format, tokens: true)
            let reply = try await sandbox.putState(first, as: format, tokens: true)
            #expect(reply.status == 200, "\(reply.errorMessage)")
            let second = try await sandbox.state(as: format, tokens: true)
            #expect(second.isIdentical(to: first))
        }
    }

    @Test("gives the same bytes whatever a membership's end is", arguments: StateFormat.allCases)
    func memberships(format: StateFormat) async throws {
        let users = [
            "{email: a@example.com, instacartplus_member: true, expired_at: 2020-01-01T00:00:00Z}",
            "{email: b@example.com, instacartplus_member: true, expired_at: 2020-01-01T00:00:00.125Z}",
            "{email: c@example.com, instacartplus_member: true, expires_in: P1M}",
            "{email: d@example.com, instacartplus_member: true}", "{email: e@example.com}",
            "{email: f@example.com, instacartplus_member: false, expired_at: 2020-01-01T00:00:00Z}",
        ]
        try await withSandbox(state: "{id: demo, instacart_users: [\(users.joined(separator: ", "))]}") { sandbox in
            try await sandbox.control(.patch, "/retailers/demo/instacart_users/5", json: ["instacartplus_member": true])
                .succeeded()
            try await sandbox.control(.patch, "/retailers/demo/instacart_users/4", json: ["expired_at": nil])
                .succeeded()
            let first = try await sandbox.state(as: format)
            sandbox.environment.advance(seconds: 3600)
            try await sandbox.putState(first, as: format).succeeded()
            let second = try await sandbox.state(as: format)
            #expect(second.isIdentical(to: first))
        }
    }

    /// Codes of both kinds of challenge and without, redeemed, replayed and open; tokens of every grant, refreshed and
    /// revoked.
    private static func leaveTraces(in sandbox: Sandbox) async throws {
        let bearer = try await sandbox.fulfillmentToken()
        _ = try await sandbox.userToken("johnsmith6000")
        for method in ["plain", "S256"] {
            _ = try await sandbox.code(
                adding: [
                    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                    "code_challenge_method": .string(method),
                ]
            )
        }
        let replayed = try await sandbox.code()
        try await sandbox.redeem(replayed).succeeded()
        _ = try await sandbox.redeem(replayed)
        let exchange = try await sandbox.redeem(sandbox.code()).succeeded()
        let refreshed = try await sandbox.token(
            ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))]
        ).succeeded()
        _ = try await sandbox.link("johnsmith6000", .string(try refreshed.string("access_token")), bearer: bearer)
        _ = try await sandbox.code()
    }
}
