import TestSupport
import Testing

@Suite("Token endpoint, client_credentials grant")
struct ClientCredentialsGrantTests {
    @Test("a token has the documented fields and no others")
    func shape() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials", "scope": "connect:fulfillment"])
            let token = try reply.string("access_token")
            #expect(token.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
            #expect(
                reply.json == [
                    "access_token": .string(token), "token_type": "Bearer", "expires_in": 86_400,
                    "scope": "connect:fulfillment", "created_at": 1_767_225_600,
                ]
            )
            #expect(reply.header("Cache-Control") == "no-store, no-cache")
            #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
            #expect(reply.outcome == "generate_access_token.success")
            #expect(reply.reason == nil)
        }
    }

    @Test(
        "without a scope it carries every scope that the application has for the grant",
        arguments: [nil, "", " ", ",", " , "] as [JSONValue]
    )
    func omittedScope(scope: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials", "scope": scope])
            #expect(reply.json["scope"] == "connect:fulfillment")
        }
    }

    @Test("of an application without a scope for the grant, the response has no scope")
    func noScope() async throws {
        let state = """
            applications: [{client_id: c, client_secret: s, scopes: [account_linking], redirect_uris: []}]
            """
        try await withSandbox(state: state) { sandbox in
            let reply = try await sandbox.token(
                ["grant_type": "client_credentials"],
                of: TestApplication(clientID: "c", clientSecret: "s")
            )
            #expect(reply.status == 200)
            #expect(reply.json["scope"] == nil)
        }
    }

    @Test(
        "scopes come separated by comma or space and leave separated by a space",
        arguments: ["connect:fulfillment,connect:recommendations", "connect:fulfillment connect:recommendations"]
    )
    func separators(scope: String) async throws {
        let state = """
            applications:
              - client_id: demo-client
                client_secret: demo-secret
                scopes: ["connect:fulfillment", "connect:recommendations"]
                redirect_uris: []
            """
        try await withSandbox(state: state) { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials", "scope": .string(scope)])
            #expect(reply.json["scope"] == "connect:fulfillment connect:recommendations")
        }
    }

    @Test(
        "a scope that is unknown, not the application's or not paired with the grant is refused",
        arguments: [
            "connect:everything", "connect:compliance", "account_linking", "connect:fulfillment account_linking",
        ]
    )
    func invalidScope(scope: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials", "scope": .string(scope)])
            #expect(reply.status == 400)
            #expect(reply.outcome == "generate_access_token.invalid_scope")
            #expect(
                reply.json == [
                    "error": "invalid_scope",
                    "error_description": "The requested scope is invalid, unknown, or malformed.",
                ]
            )
        }
    }

    @Test(
        "an unknown client, or a wrong, blank or missing secret, is refused with the documented invalid_client",
        arguments: [
            ["client_id": "nobody"], ["client_secret": "wrong"], ["client_secret": ""], ["client_secret": nil],
            ["client_id": nil],
        ] as [[String: JSONValue]]
    )
    func invalidClient(credentials: [String: JSONValue]) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(
                credentials.merging(["grant_type": "client_credentials"]) { given, _ in given }
            )
            let description =
                "Client authentication failed due to unknown client, no client authentication included, "
                + "or unsupported authentication method."
            #expect(reply.status == 401)
            #expect(reply.outcome == "generate_access_token.invalid_client")
            #expect(reply.json == ["error": "invalid_client", "error_description": .string(description)])
            #expect(
                reply.header("WWW-Authenticate")
                    == #"Bearer realm="Connect", error="invalid_client", error_description="\#(description)""#
            )
            #expect(reply.header("Cache-Control") == "no-store, no-cache")
        }
    }

    @Test("a disabled application gets no token")
    func disabled() async throws {
        let state = """
            applications: [{client_id: demo-client, client_secret: demo-secret, enabled: false, redirect_uris: []}]
            """
        try await withSandbox(state: state) { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(reply.status == 401)
            #expect(reply.outcome == "generate_access_token.invalid_client_disabled")
        }
    }

    @Test("tokens of one application live side by side")
    func severalTokens() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.fulfillmentToken()
            let second = try await sandbox.fulfillmentToken()
            #expect(first != second)
            #expect(try await sandbox.linkStatus("linked-inactive", bearer: first).status == 200)
            #expect(try await sandbox.linkStatus("linked-inactive", bearer: second).status == 200)
        }
    }
}
