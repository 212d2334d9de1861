import HTTPTypes
import TestSupport
import Testing

@Suite("Authorizing Instacart users")
struct AuthorizeTests {
    private func authorize(
        _ id: String,
        _ changes: [String: JSONValue] = [:],
        _ sandbox: Sandbox
    ) async throws -> Reply {
        let fields: [String: JSONValue] = [
            "redirect_uri": "https://example.org/account/profile", "scope": "account_linking",
        ]
        return try await sandbox.send(
            .post,
            "/v2/fulfillment_sandbox/instacart_users/\(id)/authorize",
            bearer: sandbox.fulfillmentToken(),
            json: .object(fields.merging(changes) { _, given in given })
        )
    }

    @Test("the answer is a code and nothing else")
    func success() async throws {
        try await withSandbox { sandbox in
            let reply = try await authorize("3", [:], sandbox)
            let code = try reply.string("code")
            #expect(code.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
            #expect(reply.json == ["code": .string(code)])
        }
    }

    @Test("the fields that an older page sends too are ignored, openid beside account_linking among them")
    func olderPage() async throws {
        try await withSandbox { sandbox in
            let reply = try await authorize(
                "3",
                [
                    "scope": "openid account_linking", "response_type": "code", "client_id": "demo-client",
                    "state": "x", "hint": "y",
                ],
                sandbox
            )
            #expect(reply.status == 200)
            let exchange = try await sandbox.redeem(reply.string("code"))
            #expect(exchange.json["scope"] == "account_linking")
        }
    }

    @Test("the port of a loopback redirect URI is free, and the exchange must name the same one")
    func loopbackPort() async throws {
        try await withSandbox { sandbox in
            let uri: JSONValue = "http://localhost:3000/demo/account/profile"
            let code = try await authorize("3", ["redirect_uri": uri], sandbox).string("code")
            let other = try await sandbox.redeem(
                code,
                adding: ["redirect_uri": "http://localhost:3001/demo/account/profile"]
            )
            #expect(other.outcome == "generate_access_token.invalid_grant_redirect_uri")
            #expect(try await sandbox.redeem(code, adding: ["redirect_uri": uri]).status == 200)
        }
    }

    @Test(
        "an id that names no Instacart user of the retailer is invalid, before the body is looked at",
        arguments: ["99", "0", "-1", "+3", "3.0", "abc", "99999999999999999999", "johnsmith6000", "%33%00"]
    )
    func unknownID(id: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await authorize(id, ["redirect_uri": nil], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "authorize_instacart_user.user_id_invalid")
            #expect(
                reply.json == ["error": ["message": "Invalid user_id", "code": 1001], "meta": ["key": "user_id"]]
            )
        }
    }

    @Test(
        "an invalid field is refused in the single form",
        arguments: [
            ("redirect_uri", nil, "can't be blank", "redirect_uri", "redirect_uri_blank"),
            ("redirect_uri", "https://evil.example/", "is invalid", "redirect_uri", "redirect_uri_invalid"),
            ("redirect_uri", 1, "is invalid", "redirect_uri", "redirect_uri_invalid"),
            ("scope", "", "can't be blank", "scope", "scope_blank"),
            ("scope", "everything", "is invalid", "scope", "scope_invalid"),
            ("scope", "openid", "is invalid", "scope", "scope_invalid"),
            ("scope", "connect:fulfillment", "is invalid", "scope", "scope_invalid"),
            ("code_challenge", "abc", "is invalid", "code_challenge_method", "code_challenge_method_invalid"),
            ("code_challenge", 1, "is invalid", "code_challenge", "code_challenge_invalid"),
        ] as [(String, JSONValue, String, String, String)]
    )
    func invalid(key: String, value: JSONValue, message: String, metaKey: String, reason: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await authorize("3", [key: value], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "authorize_instacart_user.\(reason)")
            #expect(
                reply.json
                    == ["error": ["message": .string(message), "code": 1001], "meta": ["key": .string(metaKey)]]
            )
        }
    }

    @Test("an unknown challenge method is refused", arguments: ["s256", "none", 1] as [JSONValue])
    func challengeMethod(method: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await authorize("3", ["code_challenge": "abc", "code_challenge_method": method], sandbox)
            #expect(reply.outcome == "authorize_instacart_user.code_challenge_method_invalid")
        }
    }
}
