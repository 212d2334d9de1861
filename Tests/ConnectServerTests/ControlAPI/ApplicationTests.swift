import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer's applications")
struct ApplicationTests {
    private static let path = "/retailers/demo/applications"
    private static let demo: JSONValue = [
        "client_id": "demo-client", "client_secret": "demo-secret", "name": "Demo Grocer website", "enabled": true,
        "scopes": ["connect:fulfillment", "connect:post_checkout", "account_linking"],
        "redirect_uris": ["http://localhost/demo/account/profile", "https://example.org/account/profile"],
    ]

    @Test("are listed and shown, secrets and all")
    func list() async throws {
        try await withSandbox { sandbox in
            let list = try await sandbox.control(.get, Self.path)
            #expect(list.status == 200)
            #expect(list.json == ["applications": [Self.demo]])
            let shown = try await sandbox.control(.get, "\(Self.path)/demo-client")
            #expect(shown.json == Self.demo)
        }
    }

    @Test("are made as they are asked for, and come last in the list")
    func full() async throws {
        try await withSandbox { sandbox in
            let fields: JSONValue = [
                "client_id": "second", "client_secret": "s3cret", "name": "Second", "enabled": false,
                "scopes": ["account_linking", "connect:recommendations"], "redirect_uris": ["shopapp://linked"],
            ]
            let reply = try await sandbox.control(.post, Self.path, json: fields)
            #expect(reply.status == 200)
            #expect(reply.json == fields)
            let list = try await sandbox.control(.get, Self.path)
            #expect(list.json == ["applications": [Self.demo, fields]])
            let token = try await sandbox.token(
                ["grant_type": "client_credentials"],
                of: TestApplication(clientID: "second", clientSecret: "s3cret")
            )
            #expect(token.outcome == "generate_access_token.invalid_client_disabled")
        }
    }

    @Test("need no more than redirect URIs; what is left out is fresh, or the default")
    func minimal() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, Self.path, yaml: "redirect_uris: [https://shop.example/cb]")
            #expect(reply.status == 200)
            let clientID = try reply.string("client_id")
            let secret = try reply.string("client_secret")
            #expect(clientID != secret)
            #expect(reply.json["name"] == "Demo Grocer")
            #expect(reply.json["enabled"] == true)
            #expect(reply.json["scopes"] == ["connect:fulfillment", "connect:post_checkout", "account_linking"])
            var application = TestApplication(clientID: clientID, clientSecret: secret)
            application.redirectURI = "https://shop.example/cb"
            let linkingToken = try await sandbox.linkingToken(of: application)
            let link = try await sandbox.link(
                "johnsmith6000",
                .string(linkingToken),
                bearer: sandbox.fulfillmentToken()
            )
            #expect(link.outcome == "link_user.success")
        }
    }

    @Test("are changed field by field")
    func change() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(
                .patch,
                "\(Self.path)/demo-client",
                json: ["name": "Renamed", "redirect_uris": ["https://new.example/cb"]]
            )
            #expect(reply.status == 200)
            let changed: JSONValue = [
                "client_id": "demo-client", "client_secret": "demo-secret", "name": "Renamed", "enabled": true,
                "scopes": ["connect:fulfillment", "connect:post_checkout", "account_linking"],
                "redirect_uris": ["https://new.example/cb"],
            ]
            #expect(reply.json == changed)
            let shown = try await sandbox.control(.get, "\(Self.path)/demo-client")
            #expect(shown.json == changed)
            var moved = TestApplication.demo
            moved.redirectURI = "https://new.example/cb"
            let code = try await sandbox.code(of: moved)
            let redeemed = try await sandbox.redeem(code, of: moved)
            #expect(redeemed.status == 200)
        }
    }

    @Test("that are disabled get no more tokens, and keep those that they have")
    func disabled() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let path = "\(Self.path)/demo-client"
            try await sandbox.control(.patch, path, json: ["enabled": false]).succeeded()
            let refused = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(refused.outcome == "generate_access_token.invalid_client_disabled")
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            try await sandbox.control(.patch, path, json: ["enabled": true]).succeeded()
            let token = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(token.outcome == "generate_access_token.success")
        }
    }

    @Test("get the secret that is named, or a fresh one for null; the old one is good for nothing")
    func rotation() async throws {
        try await withSandbox { sandbox in
            var secrets: Set<String> = ["demo-secret"]
            for secret in ["chosen", nil, nil] as [JSONValue] {
                let reply = try await sandbox.control(
                    .patch,
                    "\(Self.path)/demo-client",
                    json: ["client_secret": secret]
                )
                let fresh = try reply.string("client_secret")
                #expect(!secrets.contains(fresh))
                for old in secrets {
                    let refused = try await sandbox.token(
                        ["grant_type": "client_credentials"],
                        of: TestApplication(clientID: "demo-client", clientSecret: old)
                    )
                    #expect(refused.outcome == "generate_access_token.invalid_client")
                }
                let token = try await sandbox.token(
                    ["grant_type": "client_credentials"],
                    of: TestApplication(clientID: "demo-client", clientSecret: fresh)
                )
                #expect(token.outcome == "generate_access_token.success")
                secrets.insert(fresh)
            }
            #expect(secrets.contains("chosen"))
        }
    }

    @Test("that lose a scope get no more tokens for it")
    func scopes() async throws {
        try await withSandbox { sandbox in
            try await sandbox.control(.patch, "\(Self.path)/demo-client", json: ["scopes": ["account_linking"]])
                .succeeded()
            let token = try await sandbox.token(["grant_type": "client_credentials", "scope": "connect:fulfillment"])
            #expect(token.outcome == "generate_access_token.invalid_scope")
        }
    }

    @Test("that are deleted are gone with their codes and tokens, and stay gone when the client_id comes back")
    func deletion() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let linkingToken = JSONValue.string(try await sandbox.linkingToken())
            let reply = try await sandbox.control(.delete, "\(Self.path)/demo-client")
            #expect(reply.status == 204)
            #expect(reply.text.isEmpty)
            let shown = try await sandbox.control(.get, "\(Self.path)/demo-client")
            #expect(shown.errorCode == "application_not_found")
            let token = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(token.outcome == "generate_access_token.invalid_client")
            try await sandbox.control(.post, Self.path, json: Self.demo).succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "any.invalid_token")
            let redeemed = try await sandbox.redeem(code)
            #expect(redeemed.outcome == "generate_access_token.invalid_grant")
            let fresh = try await sandbox.fulfillmentToken()
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: fresh)
            #expect(link.outcome == "link_user.linking_token_invalid")
        }
    }
}
