import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("A fault without end for every request of a retailer")
struct FaultIsolationTests {
    private static let everything: JSONValue = ["status": 503, "times": nil]

    @Test("hits no other retailer's requests, and none that are nobody's")
    func retailers() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            try await sandbox.arm(Self.everything)
            let mine = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(mine.outcome == "any.unavailable")
            let bearer = try await sandbox.fulfillmentToken(of: other)
            let status = try await sandbox.linkStatus("only-other", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            #expect(status.faultHit == nil)
            let login = try await sandbox.send(.get, Visitor.path(to: other))
            #expect(login.outcome == "authorize.login_page")
            let nobody = TestApplication(clientID: "nobody", clientSecret: "demo-secret")
            let unknown = try await sandbox.token(["grant_type": "client_credentials"], of: nobody)
            #expect(unknown.outcome == "generate_access_token.invalid_client")
            let stray = try await sandbox.linkStatus("johnsmith6000", bearer: "unknown")
            #expect(stray.outcome == "any.invalid_token")
            let anonymous = try await sandbox.send(.get, "/v2/fulfillment/users/johnsmith6000/link")
            #expect(anonymous.outcome == "any.missing_token")
        }
    }

    @Test("hits all of its applications, and who comes with a wrong secret or with a token that has ended")
    func attribution() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let expired = try await sandbox.fulfillmentToken()
            let revoked = try await sandbox.fulfillmentToken(of: clone)
            try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                json: ["client_id": "demo-clone", "client_secret": "clone-secret", "token": .string(revoked)]
            ).succeeded()
            sandbox.environment.advance(.oneYear)
            try await sandbox.arm(Self.everything, of: "shop")
            let wrong = TestApplication(clientID: "demo-client", clientSecret: "wrong")
            let credentials = "client_id=demo-client&client_secret=demo-secret"
            let replies = [
                try await sandbox.token(["grant_type": "client_credentials"], of: clone),
                try await sandbox.token(["grant_type": "client_credentials"], of: wrong),
                try await sandbox.send(.post, "/v2/oauth/token", form: "grant_type=x&\(credentials)"),
                try await sandbox.linkStatus("janedoe", bearer: expired),
                try await sandbox.linkStatus("janedoe", bearer: revoked),
                try await sandbox.send(.get, Visitor.path(to: clone)),
            ]
            #expect(replies.map(\.outcome) == [String?](repeating: "any.unavailable", count: replies.count))
        }
    }

    /// What belongs to the sandbox and not to Instacart.
    static let own = [
        "/_sandbox/info", "/_sandbox/retailers", "/_sandbox/retailers/demo", "/_sandbox/retailers/demo/state",
        "/_sandbox/retailers/demo/faults", "/_sandbox/retailers/demo/requests", "/_sandbox/requests", "/livez",
        "/readyz", "/.well-known/oauth-authorization-server", "/demo", "/demo/checkout", "/demo/account/profile",
    ]

    @Test("never hits the sandbox's own API, the demo pages and the probes, whoever asks", arguments: own)
    func ownPages(path: String) async throws {
        var settings = Settings()
        settings.publicURL = "http://localhost"
        try await withSandbox(settings: settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let before = try await sandbox.send(.get, path, bearer: bearer)
            try await sandbox.arm(Self.everything)
            let header = ["X-Sandbox-Fault": "503"]
            for headers in [[:], header] {
                let reply = try await sandbox.send(.get, path, bearer: bearer, headers: headers)
                #expect(reply.status == before.status)
                #expect(reply.status != 503)
                #expect(reply.faultHit == nil)
            }
        }
    }

    @Test("never hits what arms and deletes faults")
    func control() async throws {
        try await withSandbox { sandbox in
            let header = ["X-Sandbox-Fault": "503"]
            try await sandbox.arm(Self.everything)
            let armed = try await sandbox.control(
                .post,
                "/retailers/demo/faults",
                json: ["status": 429],
                headers: header
            )
            #expect(armed.status == 200)
            let deletion = try await sandbox.control(.delete, "/retailers/demo/faults", headers: header)
            #expect(deletion.status == 204)
            let reset = try await sandbox.control(.post, "/retailers/demo/reset", headers: header)
            #expect(reset.status == 200)
        }
    }
}
