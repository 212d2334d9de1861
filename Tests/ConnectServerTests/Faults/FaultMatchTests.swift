import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Which requests a fault is for")
struct FaultMatchTests {
    struct Match: Sendable, CustomTestStringConvertible {
        let fields: [String: JSONValue]
        let endpoints: Set<Endpoint>

        init(_ fields: [String: JSONValue], _ endpoints: Set<Endpoint>) {
            self.fields = fields
            self.endpoints = endpoints
        }

        var testDescription: String {
            let parts = fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.string ?? "")" }
            return parts.isEmpty ? "any" : parts.joined(separator: ", ")
        }
    }

    private static let users: Set<Endpoint> = [.createUser, .createUserDeletionRequest, .linkUser, .getUserLink]
    private static let everything = Set(Endpoint.allCases)

    /// With the endpoints whose requests they hit.
    static let matches = [
        Match([:], everything), Match(["path": "/*"], everything), Match(["endpoint": "link_user"], [.linkUser]),
        Match(["endpoint": "authorize"], [.authorize]),
        Match(["endpoint": "get_user_link", "method": "GET"], [.getUserLink]),
        Match(["method": "GET"], [.getUserLink, .authorize]),
        Match(["method": "POST"], everything.subtracting([.getUserLink, .authorize])),
        Match(["path": "/v2/oauth/token"], [.generateAccessToken]),
        Match(["path": "/v2/oauth/*"], [.generateAccessToken, .revokeAccessToken]),
        Match(["path": "/v2/oauth/token*"], [.generateAccessToken, .revokeAccessToken]),
        Match(["path": "/v2/*"], everything.subtracting([.authorize])), Match(["path": "/v2/fulfillment/*"], users),
        Match(["path": "/v2/fulfillment/*", "method": "GET"], [.getUserLink]),
        Match(["path": "/v2/fulfillment/*", "endpoint": "link_user"], [.linkUser]),
        Match(["path": "/v2/fulfillment/users/johnsmith6000/*"], [.createUserDeletionRequest, .linkUser]),
        Match(["path": "/v2/fulfillment/users/johnsmith6000/link"], [.linkUser]),
        Match(["path": "/v2/fulfillment/users/someone-else/link"], []),
        Match(["path": "/*/link"], [.linkUser, .getUserLink]),
        Match(["path": "/*/authorize"], [.authorizeInstacartUser, .authorize]),
        Match(["path": "/v2/*/3/*"], [.authorizeInstacartUser]),
        Match(["path": "/oauth/authorize"], [.authorize]),
    ]

    @Test("is said by endpoint, path and method together", arguments: matches)
    func match(match: Match) async throws {
        try await withSandbox { sandbox in
            var requests: [Endpoint: EndpointRequest] = [:]
            for endpoint in Endpoint.allCases {
                requests[endpoint] = try await EndpointRequest.ready(endpoint, in: sandbox)
            }
            try await sandbox.arm(.object(match.fields.merging(["status": 503, "times": nil]) { $1 }))
            var hit: Set<Endpoint> = []
            for (endpoint, request) in requests {
                let reply = try await sandbox.send(request)
                #expect((reply.status == 503) == (reply.faultHit != nil))
                if reply.faultHit != nil { hit.insert(endpoint) }
            }
            #expect(hit == match.endpoints)
        }
    }

    @Test("takes the forms of the consent pages, too")
    func forms() async throws {
        try await withSandbox { sandbox in
            var visitor = Visitor(sandbox)
            try await visitor.signIn(as: "member@example.com")
            try await sandbox.arm(["endpoint": "authorize", "method": "POST", "status": 503])
            let failed = try await visitor.submit("action=allow")
            #expect(failed.outcome == "any.unavailable")
            #expect(failed.header("Location") == nil)
            _ = try await visitor.visit()
            let allowed = try await visitor.submit("action=allow")
            #expect(allowed.outcome == "authorize.success")
        }
    }

    @Test("follows the authorization URL to where a setting puts it")
    func authorizePath() async throws {
        var settings = Settings()
        settings.authorizePath = "/store/oauth/authorize"
        try await withSandbox(settings: settings) { sandbox in
            for fault: JSONValue in [
                ["endpoint": "authorize", "status": 503], ["path": "/store/*", "status": 503],
            ] {
                let armed = try await sandbox.arm(fault)
                let reply = try await sandbox.send(.get, "/store" + Visitor.path(to: .demo))
                #expect(reply.faultHit != nil)
                #expect(reply.faultHit == armed["id"]?.string)
            }
        }
    }

    @Test("is settled among several by which was armed first, and then by the next that has something left")
    func order() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let faults: [JSONValue] = [
                ["endpoint": "get_user_link", "status": 429, "times": 2], ["path": "/v2/fulfillment/*", "status": 500],
                ["status": 503],
            ]
            for fault in faults { try await sandbox.arm(fault) }
            var statuses: [Int] = []
            for _ in 0..<5 {
                statuses.append(try await sandbox.linkStatus("linked-inactive", bearer: bearer).status)
            }
            #expect(statuses == [429, 429, 500, 503, 200])
        }
    }

    @Test("with an outcome and neither endpoint nor path is the outcome's own endpoint")
    func outcomeOnly() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.arm(["outcome": "get_user_link.user_not_active"])
            let other = try await sandbox.createUser("new", bearer: bearer)
            #expect(other.outcome == "create_user.success")
            let hit = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(hit.outcome == "get_user_link.user_not_active")
        }
    }
}
