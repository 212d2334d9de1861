import ConnectCore
import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("What is recorded, and whose it is")
struct JournalScopeTests {
    @Test("is Instacart's API, the consent pages and the metadata, found or not")
    func recorded() async throws {
        try await withSandbox { sandbox in
            let requests: [(HTTPRequest.Method, String, String?)] = [
                (.get, "/.well-known/oauth-authorization-server", nil),
                (.post, "/v2/oauth/token", "generate_access_token"), (.get, "/v2/oauth/token", nil),
                (.post, "/v2/nothing/at/all", nil), (.get, "/v2", nil),
                (.get, "/v2/fulfillment/users/a/link", "get_user_link"), (.get, "/v2//fulfillment/users", nil),
                (.post, "/v2/oauth/token?client_secret=x", "generate_access_token"),
                (.get, Visitor.path(to: .demo), "authorize"), (.post, Visitor.path(to: .demo), "authorize"),
            ]
            for (index, (method, path, endpoint)) in requests.enumerated() {
                let reply = try await sandbox.send(method, path)
                let exchange = try #require(try await sandbox.requests("limit=1", of: nil).first)
                #expect(try exchange.exchangeID() == index + 1, "\(method) \(path)")
                #expect(exchange["method"]?.string == method.rawValue)
                #expect(exchange["endpoint"]?.string == endpoint, "\(method) \(path)")
                #expect(exchange["status"]?.integer == reply.status)
                #expect(exchange["outcome"]?.string == reply.outcome)
                #expect(exchange["reason"]?.string == reply.reason)
            }
        }
    }

    @Test("is nothing of the sandbox's own")
    func unrecorded() async throws {
        var settings = Settings()
        settings.publicURL = "http://localhost"
        try await withSandbox(settings: settings) { sandbox in
            for path in [
                "/_sandbox/info", "/_sandbox/requests", "/_sandbox/retailers/demo/requests/count", "/_sandbox/nothing",
                "/livez", "/readyz", "/demo", "/demo/account/profile", "/demo/nothing", "/", "/nothing", "/v22/oauth",
            ] {
                _ = try await sandbox.send(.get, path)
            }
            try await sandbox.control(.post, "/retailers").succeeded()
            let all = try await sandbox.requests(of: nil)
            #expect(all == [])
        }
    }

    @Test("has what a rate limit and a size limit refused, too")
    func limits() async throws {
        var settings = Settings()
        settings.rateLimit = 1
        try await withSandbox(settings: settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            let limited = try #require(try await sandbox.requests("limit=1").first)
            #expect(limited["outcome"] == "any.rate_limited")
            #expect(limited["client_id"] == "demo-client")
            sandbox.environment.advance(seconds: 1)
            _ = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                headers: ["Content-Type": "application/json"],
                text: String(repeating: " ", count: 1_048_577)
            )
            let large = try #require(try await sandbox.requests("limit=1").first)
            #expect(large["outcome"] == "any.body_too_large")
            #expect(large["endpoint"] == "create_user")
        }
    }

    @Test("is the application's by client_id, even with a wrong secret, disabled, in a form or in an address")
    func byClientID() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await sandbox.control(.patch, "/retailers/other/applications/other-client", json: ["enabled": false])
                .succeeded()
            let wrong = TestApplication(clientID: "demo-client", clientSecret: "wrong")
            _ = try await sandbox.token(["grant_type": "client_credentials"], of: wrong)
            _ = try await sandbox.send(.post, "/v2/oauth/token", form: "client_id=demo-client")
            _ = try await sandbox.send(.post, "/v2/oauth/token/revoke", json: ["client_id": "demo-client"])
            _ = try await sandbox.send(.get, Visitor.path(to: .demo))
            _ = try await sandbox.send(.get, "/oauth/authorize?client_id=demo-client")
            _ = try await sandbox.token(["grant_type": "client_credentials"], of: other)
            let mine = try await sandbox.requests()
            #expect(mine.map { $0["client_id"] } == [JSONValue?](repeating: "demo-client", count: 5))
            #expect(mine.allSatisfy { $0["retailer"] == "demo" })
            let others = try await sandbox.requests(of: "other")
            #expect(others.map { $0["outcome"] } == ["generate_access_token.invalid_client_disabled"])
        }
    }

    @Test("is the application's by its token, even expired, revoked or of another scope")
    func byToken() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let expired = try await sandbox.fulfillmentToken()
            let revoked = try await sandbox.fulfillmentToken(of: clone)
            let linking = try await sandbox.linkingToken(instacartUser: 1, of: clone)
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "demo-clone", "client_secret": "clone-secret", "token": .string(revoked)]
            ).succeeded()
            sandbox.environment.advance(seconds: 90_000)
            try await sandbox.control(.delete, "/requests").succeeded()
            for token in [expired, revoked, linking] { _ = try await sandbox.linkStatus("janedoe", bearer: token) }
            let requests = try await sandbox.requests(of: "shop")
            #expect(requests.map { $0["client_id"]?.string } == ["demo-clone", "demo-clone", "demo-client"])
            #expect(requests.map { $0["outcome"]?.string }.last == "any.expired_token")
        }
    }

    @Test("is nobody's where neither is known: only the whole journal has it, and on the real clock")
    func nobodys() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2040-01-01T00:00:00Z", "frozen": true])
            let nobody = TestApplication(clientID: "nobody", clientSecret: "x")
            _ = try await sandbox.token(["grant_type": "client_credentials"], of: nobody)
            _ = try await sandbox.linkStatus("johnsmith6000", bearer: "unknown")
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/johnsmith6000/link")
            _ = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
            let mine = try await sandbox.requests()
            #expect(mine == [])
            let all = try await sandbox.requests(of: nil)
            #expect(all.count == 4)
            for exchange in all {
                #expect(exchange["retailer"] == .null)
                #expect(exchange["client_id"] == .null)
                #expect(exchange["time"] == "2026-01-01T00:00:00.000Z")
            }
        }
    }

    @Test("has requests that were never answered, without status, outcome and answer")
    func unanswered() async throws {
        try await withSandbox(.live) { sandbox in
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            for wire: JSONValue in ["reset", "empty"] {
                let fault = try await sandbox.arm(["endpoint": "get_user_link", "wire": wire])
                _ = try await sandbox.connect(request)
                let lost = try #require(try await sandbox.requests("endpoint=get_user_link&limit=1").first)
                #expect(lost["fault"] == fault["id"])
                #expect(lost["status"] == .null)
                #expect(lost["outcome"] == .null)
                #expect(lost["endpoint"] == "get_user_link")
                #expect(lost["response"] == .null || lost["response"]?["body"] == .null)
            }
            for wire: JSONValue in ["truncated", "malformed"] {
                let fault = try await sandbox.arm(["endpoint": "get_user_link", "wire": wire])
                _ = try await sandbox.connect(request)
                let carriedOut = try #require(try await sandbox.requests("endpoint=get_user_link&limit=1").first)
                #expect(carriedOut["fault"] == fault["id"])
                #expect(carriedOut["status"] == 200)
                #expect(carriedOut["outcome"] == "get_user_link.success_not_a_member")
            }
        }
    }
}
