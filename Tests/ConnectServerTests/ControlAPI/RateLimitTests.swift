import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("A limit of three requests per second")
struct RateLimitTests {
    private static let settings: Settings = {
        var settings = Settings()
        settings.rateLimit = 3
        return settings
    }()
    private static let limitedByOAuth: JSONValue = [
        "error": "temporarily_unavailable", "error_description": "Too many requests",
    ]

    private static func tokens(
        _ count: Int,
        of application: TestApplication = .demo,
        _ sandbox: Sandbox
    ) async throws -> [Reply] {
        var replies: [Reply] = []
        for _ in 0..<count {
            replies.append(try await sandbox.token(["grant_type": "client_credentials"], of: application))
        }
        return replies
    }

    @Test("refuses the fourth at the token endpoint, until the next second")
    func tokenEndpoint() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            for _ in 0..<2 {
                let replies = try await Self.tokens(5, sandbox)
                #expect(replies.map(\.status) == [200, 200, 200, 429, 429])
                #expect(replies[3].outcome == "any.rate_limited")
                #expect(replies[3].json == Self.limitedByOAuth)
                sandbox.environment.advance(seconds: 1)
            }
        }
    }

    @Test("refuses the fourth at the Fulfillment API, whatever it is, in the Connect shape")
    func fulfillment() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            sandbox.environment.advance(seconds: 1)
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            _ = try await sandbox.createUser("ann", bearer: bearer)
            let third = try await sandbox.link("nobody", "x", bearer: bearer)
            #expect(third.outcome == "link_user.user_not_found")
            let fourth = try await sandbox.createUser("ben", bearer: bearer)
            #expect(fourth.status == 429)
            #expect(fourth.outcome == "any.rate_limited")
            #expect(fourth.json == ["error": ["message": "Too many requests", "code": 2003], "meta": [:]])
            sandbox.environment.advance(seconds: 1)
            let unmade = try await sandbox.linkStatus("ben", bearer: bearer)
            #expect(unmade.outcome == "get_user_link.user_not_found")
        }
    }

    @Test("counts all endpoints of an application together")
    func together() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "demo-client", "client_secret": "demo-secret", "token": "unknown"]
            ).succeeded()
            let fourth = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(fourth.outcome == "any.rate_limited")
        }
    }

    @Test("is each application's own: neither another retailer's nor a clone meets it")
    func others() async throws {
        for (state, unlimited) in [(twoRetailers, other), (twoApplications, clone)] {
            try await withSandbox(state: state, settings: Self.settings) { sandbox in
                let replies = try await Self.tokens(4, sandbox)
                #expect(replies.last?.status == 429)
                let free = try await Self.tokens(3, of: unlimited, sandbox)
                #expect(free.map(\.status) == [200, 200, 200])
            }
        }
    }

    @Test("counts a wrong secret for the client_id, and an expired or revoked token for its application")
    func attribution() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let wrong = TestApplication(clientID: "demo-client", clientSecret: "wrong")
            let replies = try await Self.tokens(3, of: wrong, sandbox)
            #expect(replies.map(\.status) == [401, 401, 401])
            let right = try await Self.tokens(1, sandbox)
            #expect(right.first?.status == 429)
            sandbox.environment.advance(seconds: 1)
            let bearer = try await sandbox.fulfillmentToken()
            sandbox.environment.advance(seconds: 86_400)
            for _ in 0..<3 {
                let expired = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
                #expect(expired.outcome == "any.expired_token")
            }
            let fourth = try await Self.tokens(1, sandbox)
            #expect(fourth.first?.status == 429)
        }
    }

    @Test("does not count what names no application, nor the sandbox's own API")
    func uncounted() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            for _ in 0..<5 {
                let unknown = try await sandbox.linkStatus("johnsmith6000", bearer: "unknown")
                #expect(unknown.outcome == "any.invalid_token")
                let clock = try await sandbox.control(.get, "/retailers/demo/clock")
                #expect(clock.status == 200)
            }
            let replies = try await Self.tokens(3, sandbox)
            #expect(replies.map(\.status) == [200, 200, 200])
        }
    }

    @Test("is of the real time: a clock that stands keeps nobody out for good, one that is moved lets nobody in")
    func realTime() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            try await sandbox.setClock(["frozen": true])
            let first = try await Self.tokens(4, sandbox)
            #expect(first.last?.status == 429)
            try await sandbox.advance(by: "PT1H")
            let still = try await Self.tokens(1, sandbox)
            #expect(still.first?.status == 429)
            sandbox.environment.advance(seconds: 1)
            let next = try await Self.tokens(1, sandbox)
            #expect(next.first?.status == 200)
        }
    }

    @Test("is none unless it is set")
    func off() async throws {
        try await withSandbox { sandbox in
            let replies = try await Self.tokens(50, sandbox)
            #expect(replies.allSatisfy { $0.status == 200 })
        }
    }
}
