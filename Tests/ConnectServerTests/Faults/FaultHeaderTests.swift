import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("The header X-Sandbox-Fault")
struct FaultHeaderTests {
    private static let name = "X-Sandbox-Fault"

    /// What it says, at which endpoint, and what that is answered.
    static let values: [(String, Endpoint, String)] = [
        ("get_user_link.user_not_active", .getUserLink, "get_user_link.user_not_active"),
        ("get_user_link.success", .getUserLink, "get_user_link.success"),
        ("link_user.instacart_user_already_linked", .linkUser, "link_user.instacart_user_already_linked"),
        ("create_user.multiple_errors", .createUser, "create_user.multiple_errors"),
        ("any.revoked_token", .createInstacartUser, "any.revoked_token"),
        ("generate_access_token.invalid_grant", .generateAccessToken, "generate_access_token.invalid_grant"),
        ("authorize.invalid_client", .authorize, "authorize.invalid_client"),
        ("any.unavailable", .revokeAccessToken, "any.unavailable"), ("408", .getUserLink, "any.request_timeout"),
        ("429", .createUserDeletionRequest, "any.rate_limited"), ("429", .generateAccessToken, "any.rate_limited"),
        ("500", .authorizeInstacartUser, "any.internal_error"), ("503", .getUserLink, "any.unavailable"),
        ("503", .authorize, "any.unavailable"),
    ]

    @Test("hits the request that has it, and no other", arguments: values)
    func hit(value: String, endpoint: Endpoint, outcome key: String) async throws {
        try await withSandbox { sandbox in
            let outcome = try #require(Outcome.catalogue.first { $0.key == key })
            let request = try await EndpointRequest.ready(endpoint, in: sandbox)
            let before = try await sandbox.wholeState()
            let hit = try await sandbox.send(request, headers: [Self.name: value])
            try FaultCase(endpoint: endpoint, outcome: outcome).expect(hit)
            #expect(hit.faultHit == "header")
            let after = try await sandbox.wholeState()
            #expect(after == before)
            let next = try await sandbox.send(request)
            #expect(next.faultHit == nil)
            #expect(next.outcome?.hasPrefix("\(endpoint.name).success") == true)
        }
    }

    @Test("hits a request that is nobody's, too")
    func nobody() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .get,
                "/v2/fulfillment/users/johnsmith6000/link",
                headers: [Self.name: "503"]
            )
            #expect(reply.outcome == "any.unavailable")
        }
    }

    @Test("delays the answer, which is the usual one")
    func latency() async throws {
        try await withSandbox { sandbox in
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            let clock = ContinuousClock()
            let start = clock.now
            let reply = try await sandbox.send(request, headers: [Self.name: "latency=80"])
            #expect(start.duration(to: clock.now) >= .milliseconds(80))
            #expect(reply.outcome == "get_user_link.success_not_a_member")
            #expect(reply.faultHit == "header")
        }
    }

    /// What makes no sense at ``EndpointRequest/ready(_:in:of:)``'s `create_user`.
    static let nonsense = [
        "nonsense", "404", "200", "5xx", "503 429", "503,429", "-503", "create_user", "create_user.no_such_thing",
        "link_user.success", "authorize.login_page", "RESET", "truncate", "latency", "latency=", "latency=-1",
        "latency=60001", "latency=soon", "latency=1e9", "latency=250;503", "wire=reset", "{\"status\":503}",
    ]

    @Test("that makes no sense is refused, and the request is not carried out", arguments: nonsense)
    func refused(value: String) async throws {
        try await withSandbox { sandbox in
            let request = try await EndpointRequest.ready(.createUser, in: sandbox)
            let reply = try await sandbox.send(request, headers: [Self.name: value])
            #expect(reply.status == 400)
            #expect(reply.outcome == "any.malformed_body")
            #expect(reply.json == ["error": ["message": "Invalid request body", "code": 4001], "meta": [:]])
            #expect(reply.reason?.contains(Self.name) == true, "\(reply.reason ?? "")")
            let created = try await sandbox.send(request)
            #expect(created.outcome == "create_user.success")
        }
    }

    @Test("that makes no sense is refused in the shape of each family")
    func nonsenseElsewhere() async throws {
        try await withSandbox { sandbox in
            let header = [Self.name: "any.missing_token"]
            let token = try await EndpointRequest.ready(.generateAccessToken, in: sandbox)
            let oauth = try await sandbox.send(token, headers: header)
            #expect(oauth.status == 400)
            #expect(oauth.json["error"] == "invalid_request")
            #expect(oauth.outcome == "any.malformed_body")
            let consent = try await EndpointRequest.ready(.authorize, in: sandbox)
            let page = try await sandbox.send(consent, headers: header)
            #expect(page.status == 400)
            #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
            #expect(page.header("Location") == nil)
        }
    }

    @Test("is not listed, and leaves the retailer's faults as they are where they do not match")
    func unlisted() async throws {
        try await withSandbox { sandbox in
            let fault = try await sandbox.arm(["endpoint": "create_user", "status": 429])
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            let hit = try await sandbox.send(request, headers: [Self.name: "500"])
            #expect(hit.status == 500)
            let faults = try await sandbox.faults()
            #expect(faults == [fault])
        }
    }

    @Test("means nothing where a setting says so, sense or nonsense", arguments: ["503", "nonsense", "latency=60000"])
    func off(value: String) async throws {
        var settings = Settings()
        settings.acceptsFaultHeader = false
        try await withSandbox(settings: settings) { sandbox in
            for endpoint in [Endpoint.getUserLink, .generateAccessToken, .authorize] {
                let request = try await EndpointRequest.ready(endpoint, in: sandbox)
                let reply = try await sandbox.send(request, headers: [Self.name: value])
                #expect(reply.outcome?.hasPrefix("\(endpoint.name).success") == true)
                #expect(reply.faultHit == nil)
            }
            try await sandbox.arm(["status": 503])
            let armed = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(armed.status == 503)
        }
    }
}
