import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Token endpoint, the request")
struct TokenRequestTests {
    @Test("a form is read like JSON")
    func form() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                form: "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret"
                    + "&scope=connect%3Afulfillment&unknown[nested]=1"
            )
            #expect(reply.status == 200)
            #expect(reply.json["scope"] == "connect:fulfillment")
        }
    }

    @Test("of repeated JSON keys the last one counts")
    func repeatedKeys() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: ["Content-Type": "application/json"],
                text: """
                    {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "demo-secret",
                     "client_id": "demo-client"}
                    """
            )
            #expect(reply.status == 200)
        }
    }

    @Test("a missing, blank or null grant_type is named as missing", arguments: ["", " ", nil] as [JSONValue])
    func missingGrantType(value: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": value])
            #expect(reply.status == 400)
            #expect(reply.outcome == "generate_access_token.invalid_request_grant_type")
            #expect(
                reply.json == [
                    "error": "invalid_request", "error_description": "Missing required parameter: grant_type.",
                ]
            )
        }
    }

    @Test("an unknown grant type is refused before the client is looked at")
    func unsupportedGrantType() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "password", "client_secret": "wrong"])
            #expect(reply.status == 400)
            #expect(reply.json["error"] == "unsupported_grant_type")
        }
    }

    @Test(
        "malformed bodies and wrong types are invalid_request",
        arguments: [
            ("application/json", "{"), ("application/json", "[]"), ("application/json", #""text""#),
            ("application/json", ""), ("application/json", #"{"grant_type": 1}"#),
            ("application/json", #"{"grant_type":"client_credentials","client_id":["demo-client"]}"#),
            ("application/json", "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret"),
            ("text/plain", "{}"), ("application/x-www-form-urlencoded", "scope=a&scope=b"),
            ("application/x-www-form-urlencoded", "client_id=%zz"),
        ]
    )
    func malformed(contentType: String, body: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: ["Content-Type": contentType],
                text: body
            )
            #expect(reply.status == 400)
            #expect(reply.outcome == "any.malformed_body")
            #expect(reply.json["error"] == "invalid_request")
            #expect(reply.reason?.isEmpty == false)
        }
    }

    @Test(
        "credentials in the query string are refused before anything else, on both endpoints",
        arguments: ["/v2/oauth/token", "/v2/oauth/token/revoke"],
        ["client_id=demo-client", "client%5Fsecret=x", "x=1&code=2", "assertion", "refresh_token=", "token=t"]
    )
    func queryParameters(path: String, query: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.post, "\(path)?\(query)", text: "garbage")
            #expect(reply.status == 403)
            #expect(reply.outcome?.hasSuffix(".query_params_forbidden") == true)
            let get = try await sandbox.send(.get, "\(path)?\(query)")
            #expect(get.status == 403)
            #expect(
                reply.json == [
                    "error": "query_params_forbidden",
                    "error_description": .string(
                        "Providing OAuth credentials as query parameters may cause them to be compromised. "
                            + "Please reach out to Instacart's security team and have the credentials rotated."
                    ),
                ]
            )
        }
    }

    @Test("HTTP Basic authentication is refused, and accepted where that is relaxed")
    func basic() async throws {
        let basic = ["Authorization": "Basic ZGVtby1jbGllbnQ6ZGVtby1zZWNyZXQ="]
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: basic,
                json: ["grant_type": "client_credentials"]
            )
            #expect(reply.status == 401)
            #expect(reply.outcome == "generate_access_token.invalid_client_basic")
        }
        var relaxed = Settings()
        relaxed.relaxations = [.clientAuthBasic]
        try await withSandbox(settings: relaxed) { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: basic,
                json: ["grant_type": "client_credentials"]
            )
            #expect(reply.status == 200)
        }
    }
}
