import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("What is not found")
struct NotFoundTests {
    @Test(
        "under /v2 the reason asks for the endpoint that may have been meant",
        arguments: [
            (HTTPRequest.Method.post, "/v2/oauth/revoke_access_token", "POST /v2/oauth/token/revoke"),
            (.get, "/v2/oauth/token", "POST /v2/oauth/token"),
            (.post, "/v2/oauth/token/", "POST /v2/oauth/token"),
            (.post, "/v2//fulfillment/users", "POST /v2/fulfillment/users"),
            (.get, "/v2/fulfillment/user/s3cret/link?a=b", "GET /v2/fulfillment/users/{user_id}/link"),
            (.delete, "/v2/fulfillment/users/s3cret/link", "POST /v2/fulfillment/users/{user_id}/link"),
            (.post, "/v2/sandbox/instacart_users", "POST /v2/fulfillment_sandbox/instacart_users"),
            (.get, "/v2/oauth/authorize", "GET /oauth/authorize"),
        ]
    )
    func endpoint(method: HTTPRequest.Method, path: String, meant: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(method, path)
            #expect(reply.status == 404)
            #expect(reply.outcome == "any.not_found")
            let reason = try #require(reply.reason)
            #expect(reason.hasSuffix("; did you mean \(meant)?"))
            #expect(!reason.contains("s3cret"))
        }
    }

    @Test(
        "elsewhere the message does",
        arguments: [
            (HTTPRequest.Method.post, "/oauth/token", "POST /v2/oauth/token"),
            (.post, "/fulfillment/users", "POST /v2/fulfillment/users"),
            (.post, "/V2/fulfillment/users", "POST /v2/fulfillment/users"),
            (.get, "/authorize", "GET /oauth/authorize"),
            (.get, "/_sandbox/retailer", "GET /_sandbox/retailers"),
            (.post, "/_sandbox/info", "GET /_sandbox/info"),
            (
                .get, "/_sandbox/retailers/s3cret/users",
                "GET /_sandbox/retailers/{retailer}/connect_users or GET /_sandbox/retailers/{retailer}/instacart_users"
            ),
        ]
    )
    func elsewhere(method: HTTPRequest.Method, path: String, meant: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(method, path)
            #expect(reply.status == 404)
            #expect(reply.errorCode == "not_found")
            #expect(reply.errorMessage == "Nothing is here by this method; did you mean \(meant)?")
        }
    }

    @Test(
        "a slash too many makes another path of the authorization URL, which gets a page",
        arguments: ["/oauth/authorize/", "/oauth//authorize", "//oauth/authorize"]
    )
    func authorizeWithSlash(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.get, "\(path)?client_id=demo-client")
            #expect(reply.status == 404)
            #expect(reply.outcome == "any.not_found")
            #expect(reply.reason?.hasSuffix("; did you mean GET /oauth/authorize?") == true)
            #expect(reply.header("Content-Type") == "text/html; charset=utf-8")
        }
    }

    @Test("what is close to nothing is told where everything is")
    func distant() async throws {
        try await withSandbox { sandbox in
            let api = try await sandbox.send(.get, "/v2/fulfillment/nonsense")
            #expect(api.reason == "No endpoint has this path and method.")
            let elsewhere = try await sandbox.send(.get, "/favicon.ico")
            #expect(elsewhere.errorMessage.contains("/v2"))
            #expect(elsewhere.errorMessage.contains("/_sandbox"))
        }
    }

    @Test("the authorization URL is named by the path that a setting gives it")
    func authorizePath() async throws {
        var settings = Settings()
        settings.authorizePath = "/shop/consent"
        try await withSandbox(settings: settings) { sandbox in
            let reply = try await sandbox.send(.get, "/oauth/authorize")
            #expect(reply.errorMessage.hasSuffix("did you mean GET /shop/consent?"))
        }
    }
}
