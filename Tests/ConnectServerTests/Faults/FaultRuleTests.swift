import ConnectCore
import HTTPTypes
import TestSupport
import Testing

@Suite("A fault")
struct FaultRuleTests {
    @Test(
        "answers once with any outcome of the endpoint, in its family's shape, and the request is not carried out",
        arguments: FaultCase.all
    )
    func outcome(fault: FaultCase) async throws {
        try await withSandbox { sandbox in
            let request = try await EndpointRequest.ready(fault.endpoint, in: sandbox)
            let armed = try await sandbox.arm(
                ["endpoint": .string(fault.endpoint.name), "outcome": .string(fault.outcome.key)]
            )
            let before = try await sandbox.stateBesidesFaults()
            let hit = try await sandbox.send(request)
            try fault.expect(hit)
            #expect(hit.faultHit != nil)
            #expect(hit.faultHit == armed["id"]?.string)
            let after = try await sandbox.stateBesidesFaults()
            #expect(after == before)
            let next = try await sandbox.send(request)
            #expect(next.faultHit == nil)
            let success = fault.endpoint == .getUserLink ? "success_not_a_member" : "success"
            #expect(next.outcome == "\(fault.endpoint.name).\(success)")
        }
    }

    /// The statuses that may be asked for by number, and the outcomes that they are.
    static let statuses = [
        (408, "any.request_timeout"), (429, "any.rate_limited"), (500, "any.internal_error"), (503, "any.unavailable"),
    ]

    @Test(
        "answers with a status in the shape of each family",
        arguments: statuses,
        [Endpoint.getUserLink, .generateAccessToken, .authorize]
    )
    func status(status: (code: Int, outcome: String), endpoint: Endpoint) async throws {
        try await withSandbox { sandbox in
            let outcome = try #require(Outcome.catalogue.first { $0.key == status.outcome })
            let request = try await EndpointRequest.ready(endpoint, in: sandbox)
            try await sandbox.arm(["status": .number(Double(status.code))])
            let hit = try await sandbox.send(request)
            #expect(hit.status == status.code)
            try FaultCase(endpoint: endpoint, outcome: outcome).expect(hit)
        }
    }

    @Test("is hit before anything is checked: by a request without a body, and by one that would be refused")
    func beforeChecks() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.arm(["endpoint": "create_user", "status": 503, "times": 2])
            let empty = try await sandbox.send(.post, "/v2/fulfillment/users", bearer: bearer)
            #expect(empty.outcome == "any.unavailable")
            let wrong = try await sandbox.send(.post, "/v2/fulfillment/users", bearer: bearer, json: ["user_id": nil])
            #expect(wrong.outcome == "any.unavailable")
        }
    }

    @Test("may be written in YAML")
    func yaml() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let fault = try await sandbox.control(
                .post,
                "/retailers/demo/faults",
                yaml: "{endpoint: get_user_link, outcome: get_user_link.user_not_active, times: 2}"
            )
            #expect(fault.status == 200)
            #expect(fault.json["remaining"] == 2)
            let hit = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(hit.outcome == "get_user_link.user_not_active")
        }
    }

    @Test("of an assumption that is not turned is answered all the same")
    func unturnedAssumption() async throws {
        try await withSandbox { sandbox in
            let request = try await EndpointRequest.ready(.linkUser, in: sandbox)
            try await sandbox.arm(["endpoint": "link_user", "outcome": "link_user.same_link_refused"])
            let hit = try await sandbox.send(request)
            #expect(hit.status == 400)
            #expect(hit.outcome == "link_user.same_link_refused")
        }
    }

    @Test("on the token endpoint makes no token, and the client's next attempt gets one")
    func retry() async throws {
        try await withSandbox { sandbox in
            try await sandbox.arm(["endpoint": "generate_access_token", "status": 503])
            let first = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(first.json == ["error": "temporarily_unavailable", "error_description": "Service unavailable"])
            let second = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(second.outcome == "generate_access_token.success")
            let bearer = try second.string("access_token")
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }
}
