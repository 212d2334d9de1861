import HTTPTypes
import TestSupport
import Testing

@Suite("Requests that no endpoint takes")
struct RequestTests {
    @Test(
        "an unknown path or method is not found, in the shape of its family",
        arguments: [
            "/v2", "/v2/", "/v2/fulfillment", "/v2/fulfillment/users/", "/v2//fulfillment/users",
            "//v2/fulfillment/users",
            "/v2/fulfillment/users/a/b/link", "/v2/fulfillment/Users",
        ]
    )
    func notFound(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.post, path, json: [:])
            #expect(reply.status == 404)
            #expect(reply.outcome == "any.not_found")
            #expect(reply.json == ["error": ["message": "Resource not found", "code": 4000], "meta": [:]])
        }
    }

    @Test(
        "under /v2/oauth it is a flat invalid_request",
        arguments: ["/v2/oauth", "/v2/oauth/tokens", "/v2/oauth/token/"]
    )
    func notFoundOAuth(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.post, path, json: [:])
            #expect(reply.status == 404)
            #expect(reply.json["error"] == "invalid_request")
        }
    }

    @Test("a method that the path does not have is not found")
    func method() async throws {
        try await withSandbox { sandbox in
            let get = try await sandbox.send(.get, "/v2/oauth/token")
            #expect(get.status == 404)
            let delete = try await sandbox.send(.delete, "/v2/fulfillment/users/johnsmith6000/link")
            #expect(delete.status == 404)
        }
    }

    @Test(
        "a body that is malformed, not an object or not JSON is refused",
        arguments: [
            ("application/json", "{"), ("application/json", ""), ("application/json", "[]"),
            ("application/json", "null"),
            ("application/json", #"{"a":}"#), ("text/plain", "{}"), ("application/x-www-form-urlencoded", "a=b"),
            ("application/jsonp", "{}"),
        ]
    )
    func malformed(contentType: String, body: String) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for path in ["users", "users/johnsmith6000/link"] {
                let reply = try await sandbox.send(
                    .post,
                    "/v2/fulfillment/\(path)",
                    bearer: bearer,
                    headers: ["Content-Type": contentType],
                    text: body
                )
                #expect(reply.status == 400)
                #expect(reply.outcome == "any.malformed_body")
                #expect(reply.json == ["error": ["message": "Invalid request body", "code": 4001], "meta": [:]])
            }
        }
    }

    @Test("a JSON Content-Type may have parameters and any case")
    func contentTypeParameters() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: sandbox.fulfillmentToken(),
                headers: ["Content-Type": "Application/JSON; charset=UTF-8"],
                text: #"{"user_id": "x", "first_name": "X"}"#
            )
            #expect(reply.status == 200)
        }
    }

    @Test("a body over 1 MiB is refused in the shape of its family, one of exactly 1 MiB is read")
    func tooLarge() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let frame = #"{"user_id": "big", "first_name": "B", "x": ""}"#
            let filler = String(repeating: "a", count: 1_048_576 - frame.utf8.count)
            let fitting = frame.replacing(#""""#, with: "\"\(filler)\"")
            let json = ["Content-Type": "application/json"]
            let taken = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                headers: json,
                text: fitting
            )
            #expect(taken.status == 200)
            let refused = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                headers: json,
                text: fitting + " "
            )
            #expect(refused.status == 413)
            #expect(refused.outcome == "any.body_too_large")
            #expect(refused.json["error"]?["code"] == 4001)
            let oauth = try await sandbox.send(.post, "/v2/oauth/token", headers: json, text: fitting + " ")
            #expect(oauth.status == 413)
            #expect(oauth.json["error"] == "invalid_request")
        }
    }

    @Test("no reason ever holds a secret, a token, a code, a verifier or a password")
    func reasons() async throws {
        try await withSandbox { sandbox in
            let marker = "m4rk3r"
            let bearer = try await sandbox.fulfillmentToken()
            let replies = [
                try await sandbox.token(["grant_type": "client_credentials", "client_secret": .string(marker)]),
                try await sandbox.token(["grant_type": "refresh_token", "refresh_token": .string(marker)]),
                try await sandbox.token(["grant_type": "fulfillment_user_assertion", "assertion": .string(marker)]),
                try await sandbox.redeem(marker),
                try await sandbox.redeem(sandbox.code(), adding: ["code_verifier": .string(marker)]),
                try await sandbox.redeem(
                    sandbox.code(),
                    adding: ["redirect_uri": .string("https://example.org/?code=\(marker)")]
                ),
                try await sandbox.linkStatus("johnsmith6000", bearer: marker),
                try await sandbox.link("johnsmith6000", .string(marker), bearer: bearer),
                try await sandbox.send(.post, "/v2/oauth/token?client_secret=\(marker)"),
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment_sandbox/instacart_users",
                    bearer: bearer,
                    json: ["email": "bad", "phone": "1", "password": .string(marker)]
                ),
            ]
            for reply in replies {
                let reason = try #require(reply.reason)
                #expect(!reason.contains(marker))
                #expect(reason.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            }
        }
    }
}
