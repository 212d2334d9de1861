import ConnectServer
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("The journal")
struct JournalTests {
    @Test("has everything of an exchange")
    func fields() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.setClock(["now": "2026-01-01T12:00:00Z"])
            sandbox.environment.advance(seconds: 60)
            let sent: JSONValue = ["user_id": "new", "first_name": "Ann", "locale": "en-US"]
            let reply = try await sandbox.send(
                .post,
                "/v2/fulfillment/users?x=1",
                bearer: bearer,
                headers: ["X-Retailer-Id": "7"],
                json: sent
            )
            let exchange = try #require(try await sandbox.requests("limit=1").first)
            #expect(
                exchange.names == [
                    "id", "time", "retailer", "client_id", "endpoint", "method", "path", "status", "outcome", "reason",
                    "duration_ms", "fault", "request", "response",
                ]
            )
            #expect(try exchange.exchangeID() == 2)
            #expect(exchange["time"] == "2026-01-01T00:01:00.000Z")
            #expect(exchange["retailer"] == "demo")
            #expect(exchange["client_id"] == "demo-client")
            #expect(exchange["endpoint"] == "create_user")
            #expect(exchange["method"] == "POST")
            #expect(exchange["path"] == "/v2/fulfillment/users?x=1")
            #expect(exchange["status"] == 200)
            #expect(exchange["outcome"] == "create_user.success")
            #expect(exchange["reason"] == .null)
            #expect(exchange["fault"] == .null)
            #expect((exchange["duration_ms"]?.number ?? -1) >= 0)
            let request = try #require(exchange["request"])
            #expect(request.header("Authorization") == "Bearer [redacted]")
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("X-Retailer-Id") == "7")
            let requestBody = try #require(request["body"]?.string)
            #expect(try JSONValue(parsing: Data(requestBody.utf8)) == sent)
            let response = try #require(exchange["response"])
            #expect(response.header("Content-Type") == reply.header("Content-Type"))
            #expect(response.header("X-Sandbox-Outcome") == "create_user.success")
            #expect(response["body"]?.string == reply.text)
        }
    }

    @Test("has the reason of a refusal, and no body where there was none")
    func refusal() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.linkStatus("nobody", bearer: sandbox.fulfillmentToken())
            let exchange = try #require(try await sandbox.requests("limit=1").first)
            #expect(exchange["status"] == 400)
            #expect(exchange["outcome"] == "get_user_link.user_not_found")
            #expect(exchange["reason"]?.string == reply.reason)
            #expect(exchange["request"]?["body"] == .null)
        }
    }

    @Test("lists the latest first, counts them, and gives each by its id")
    func listing() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let foreign = try await sandbox.fulfillmentToken(of: other)
            for user in ["a", "b", "c"] { _ = try await sandbox.linkStatus(user, bearer: bearer) }
            _ = try await sandbox.linkStatus("d", bearer: foreign)
            let mine = try await sandbox.requests()
            #expect(
                mine.map { $0["path"]?.string } == [
                    "/v2/fulfillment/users/c/link", "/v2/fulfillment/users/b/link", "/v2/fulfillment/users/a/link",
                    "/v2/oauth/token",
                ]
            )
            let ids = try mine.map { try $0.exchangeID() }
            #expect(ids == ids.sorted(by: >))
            let count = try await sandbox.requestCount()
            #expect(count == 4)
            let everything = try await sandbox.requestCount(of: nil)
            #expect(everything == 6)
            for exchange in mine {
                let id = try exchange.exchangeID()
                for owner in ["demo", nil] {
                    let shown = try await sandbox.control(.get, Sandbox.journal(owner, "/\(id)"))
                    #expect(shown.status == 200)
                    #expect(shown.json == exchange)
                }
                let elsewhere = try await sandbox.control(.get, Sandbox.journal("other", "/\(id)"))
                #expect(elsewhere.status == 404)
                #expect(elsewhere.errorCode == "request_not_found")
            }
            for id in ["0", "999999", "-1", "x"] {
                let missing = try await sandbox.control(.get, Sandbox.journal(nil, "/\(id)"))
                #expect(missing.status == 404)
                #expect(missing.errorCode == "request_not_found")
            }
        }
    }

    @Test("is of no retailer that there is not", arguments: ["", "/count", "/wait", "/stream", "/1"])
    func unknownRetailer(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, Sandbox.journal("nobody", path))
            #expect(reply.status == 404)
            #expect(reply.errorCode == "retailer_not_found")
        }
    }

    @Test("says which fault hit, and how long it held the answer back")
    func faults() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let fault = try await sandbox.arm(["status": 503, "latency": ["fixed": 30]])
            _ = try await sandbox.createUser("new", bearer: bearer)
            let hit = try #require(try await sandbox.requests("limit=1").first)
            #expect(hit["fault"] == fault["id"])
            #expect(hit["status"] == 503)
            #expect(hit["outcome"] == "any.unavailable")
            #expect((hit["duration_ms"]?.number ?? 0) >= 30)
            let header = ["X-Sandbox-Fault": "create_user.user_id_taken"]
            _ = try await sandbox.send(.post, "/v2/fulfillment/users", bearer: bearer, headers: header, json: [:])
            let asked = try #require(try await sandbox.requests("limit=1").first)
            #expect(asked["fault"] == "header")
            #expect(asked["outcome"] == "create_user.user_id_taken")
        }
    }

    @Test("shows pages and what cannot be read by their size and type only")
    func bodies() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let page = try await sandbox.send(.get, Visitor.path(to: .demo))
            let shown = try #require(try await sandbox.requests("limit=1").first)
            #expect(shown["response"]?["body"]?.string == "[\(page.text.utf8.count) bytes of text/html]")
            for (type, body) in [
                ("application/json", #"{"user_id": "half"#), ("text/plain", "some text"), ("image/png", "\u{1}\u{2}"),
                ("application/xml; charset=utf-8", "<a/>"),
            ] {
                _ = try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users",
                    bearer: bearer,
                    headers: ["Content-Type": type],
                    text: body
                )
                let exchange = try #require(try await sandbox.requests("limit=1").first)
                let name = type.prefix { $0 != ";" }
                #expect(exchange["request"]?["body"]?.string == "[\(body.utf8.count) bytes of \(name)]")
            }
        }
    }
}
