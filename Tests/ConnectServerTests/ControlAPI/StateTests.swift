import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer's state document")
struct StateTests {
    @Test("holds what the retailer has, hashes for passwords, and neither codes nor tokens")
    func contents() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let reply = try await sandbox.control(.get, "/retailers/demo/state")
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
            #expect(reply.json["id"] == "demo")
            #expect(reply.json["name"] == "Demo Grocer")
            let applications = try #require(reply.json["applications"])
            #expect(
                applications == [
                    [
                        "client_id": "demo-client", "client_secret": "demo-secret", "name": "Demo Grocer website",
                        "enabled": true,
                        "scopes": ["connect:fulfillment", "connect:post_checkout", "account_linking"],
                        "redirect_uris": [
                            "http://localhost/demo/account/profile", "https://example.org/account/profile",
                        ],
                    ]
                ]
            )
            let users = reply.json["connect_users"]?.elements ?? []
            #expect(users.count == 4)
            #expect(
                users.contains([
                    "user_id": "linked-inactive", "first_name": "Nora", "last_name": "Nonmember",
                    "phone_number": "800-555-0102", "active": true, "linked_to": 2,
                ])
            )
            let member = try #require(reply.json["instacart_users"]?.elements.first)
            #expect(member["expired_at"] == "2027-01-01T00:00:00Z")
            #expect(member["password_hash"]?.string?.hasPrefix("scrypt$") == true)
            #expect(member["password"] == nil)
            #expect(!reply.text.contains(bearer))
            #expect(!reply.text.contains(code))
        }
    }

    @Test("is YAML where that is asked for, and JSON where anything will do")
    func formats() async throws {
        try await withSandbox { sandbox in
            let yaml = try await sandbox.control(
                .get,
                "/retailers/demo/state",
                headers: ["Accept": "application/yaml"]
            )
            #expect(yaml.header("Content-Type")?.hasPrefix("application/yaml") == true)
            #expect(yaml.json == .null)
            #expect(yaml.text.contains("user_id: johnsmith6000"))
            let any = try await sandbox.control(.get, "/retailers/demo/state", headers: ["Accept": "*/*"])
            #expect(any.json["id"] == "demo")
        }
    }

    static let replacements: [StateFormat: String] = [
        .yaml: """
        name: Replaced
        instacart_users: [{id: 9, email: nine@example.com, instacartplus_member: true, expires_in: P30D}]
        connect_users: [{user_id: new, linked_to: 9}]
        """,
        .json: """
        {"name": "Replaced",
         "instacart_users": [
           {"id": 9, "email": "nine@example.com", "instacartplus_member": true, "expires_in": "P30D"}],
         "connect_users": [{"user_id": "new", "linked_to": 9}]}
        """,
    ]

    @Test("replaces all users and links at once", arguments: StateFormat.allCases)
    func replacement(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let text = try #require(Self.replacements[format])
            let reply = try await sandbox.putState(text, as: format)
            #expect(reply.status == 200)
            #expect(
                reply.json == [
                    "id": "demo", "name": "Replaced", "applications": ["demo-client"],
                    "clock": ["now": "2026-01-01T00:00:00Z", "frozen": false],
                    "connect_users": 1, "instacart_users": 1, "links": 1,
                ]
            )
            let gone = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(gone.outcome == "get_user_link.user_not_found")
            let linked = try await sandbox.linkStatus("new", bearer: bearer)
            #expect(linked.json["expired_at"] == "2026-01-31T00:00:00Z")
            let next = try await sandbox.createInstacartUser("ten@example.com", bearer: bearer)
            #expect(next.json == ["id": 10])
        }
    }

    @Test("without applications and name keeps both, and the application's own token lives on; nothing else does")
    func keepsApplications() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let userToken = try await sandbox.userToken("johnsmith6000")
            let exchange = try await sandbox.redeem(sandbox.code()).succeeded()
            let reply = try await sandbox.putState(
                "{instacart_users: [{id: 3, email: three@example.com}], connect_users: [{user_id: johnsmith6000}]}"
            )
            #expect(reply.json["name"] == "Demo Grocer")
            #expect(reply.json["applications"] == ["demo-client"])
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let linkingToken = JSONValue.string(try exchange.string("access_token"))
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_invalid")
            let redeemed = try await sandbox.redeem(code)
            #expect(redeemed.outcome == "generate_access_token.invalid_grant")
            let refreshed = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))]
            )
            #expect(refreshed.outcome == "generate_access_token.invalid_grant_refresh_token")
            let user = try await sandbox.linkStatus("johnsmith6000", bearer: userToken)
            #expect(user.outcome == "any.invalid_token")
        }
    }

    private static let sameApplication = """
        applications:
          - client_id: demo-client
            client_secret: rotated
            redirect_uris: [https://example.org/account/profile]
        """

    @Test("with the same client_id keeps the application's own token, whatever else changes about it")
    func sameClient() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.putState(Self.sameApplication).succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_found")
            let old = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(old.outcome == "generate_access_token.invalid_client")
        }
    }

    @Test("with ?tokens=true keeps no token that is not in it")
    func tokensFromDocument() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.putState(Self.sameApplication, tokens: true).succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "any.invalid_token")
        }
    }

    @Test("with an empty list of applications removes them, and their tokens")
    func noApplications() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.putState("applications: []")
            #expect(reply.json["applications"] == [])
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "any.invalid_token")
            let token = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(token.outcome == "generate_access_token.invalid_client")
        }
    }

    @Test(
        "sets the clock, and what it says in relative terms counts from there",
        arguments: [
            ("{now: 2030-01-01T00:00:00Z, frozen: true}", "2030-01-01T00:00:00Z", true, "2031-01-01T00:00:00Z"),
            ("{now: 2030-01-01T00:00:00Z}", "2030-01-01T00:00:00Z", false, "2031-01-01T00:00:00Z"),
            ("{offset: PT25H}", "2026-01-02T01:00:00Z", false, "2027-01-02T01:00:00Z"),
            ("{offset: -PT1H}", "2025-12-31T23:00:00Z", false, "2026-12-31T23:00:00Z"),
            ("{frozen: true}", "2026-01-01T00:00:00Z", true, "2027-01-01T00:00:00Z"),
        ]
    )
    func clock(fields: String, now: String, isFrozen: Bool, end: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.putState(
                "{clock: \(fields), instacart_users: [{id: 1, instacartplus_member: true, expires_in: P1Y}]}"
            )
            #expect(reply.json["clock"] == ["now": .string(now), "frozen": .bool(isFrozen)])
            let user = try await sandbox.control(.get, "/retailers/demo/instacart_users/1")
            #expect(user.json["expired_at"] == .string(end))
        }
    }

    @Test("without a clock is on the real time again")
    func realClock() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2030-01-01T00:00:00Z", "frozen": true])
            try await sandbox.putState("{}").succeeded()
            let clock = try await sandbox.clock()
            #expect(clock == ["now": "2026-01-01T00:00:00Z", "frozen": false])
        }
    }
}
