import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Cross-origin access")
struct CORSTests {
    private static let app = "https://app.example"
    private static let allowing: Settings = {
        var settings = Settings()
        settings.corsOrigin = app
        return settings
    }()
    private static let ownPaths = [
        "/_sandbox/info", "/_sandbox/retailers", "/_sandbox/state", "/demo", "/demo/account/profile", "/livez",
        "/.well-known/oauth-authorization-server", "/oauth/authorize?response_type=code&client_id=demo-client",
    ]

    private static func preflight(_ origin: String, for method: String = "POST") -> [String: String] {
        [
            "Origin": origin, "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        ]
    }

    private static func grants(_ reply: Reply) -> [String] {
        reply.headers.map(\.name.canonicalName).filter { $0.hasPrefix("access-control-") }
    }

    @Test(
        "is granted to nobody unless a setting names an origin",
        arguments: ["/v2/oauth/token", "/v2/fulfillment/users"]
    )
    func off(path: String) async throws {
        try await withSandbox { sandbox in
            let preflight = try await sandbox.send(.options, path, headers: Self.preflight(Self.app))
            #expect(preflight.status == 404)
            #expect(Self.grants(preflight).isEmpty)
            let simple = try await sandbox.send(.post, path, headers: ["Origin": Self.app], json: [:])
            #expect(Self.grants(simple).isEmpty)
        }
    }

    @Test("is granted to the origin at Instacart's API: asked for in advance, and in the answer, refused or not")
    func api() async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            for path in ["/v2/oauth/token", "/v2/oauth/token/revoke", "/v2/fulfillment/users"] {
                let reply = try await sandbox.send(.options, path, headers: Self.preflight(Self.app))
                #expect((200..<300).contains(reply.status))
                #expect(reply.header("Access-Control-Allow-Origin") == Self.app)
                let methods = reply.header("Access-Control-Allow-Methods") ?? ""
                #expect(methods.contains("POST") && methods.contains("GET"))
                let headers = reply.header("Access-Control-Allow-Headers")?.lowercased() ?? ""
                #expect(headers.contains("authorization") && headers.contains("content-type"))
            }
            let token = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: ["Origin": Self.app],
                json: [
                    "grant_type": "client_credentials", "client_id": "demo-client", "client_secret": "demo-secret",
                ]
            )
            #expect(token.status == 200)
            #expect(token.header("Access-Control-Allow-Origin") == Self.app)
            #expect(token.header("Vary")?.lowercased().contains("origin") == true)
            let refused = try await sandbox.send(
                .get,
                "/v2/fulfillment/users/johnsmith6000/link",
                headers: ["Origin": Self.app]
            )
            #expect(refused.status == 401)
            #expect(refused.header("Access-Control-Allow-Origin") == Self.app)
            let unknown = try await sandbox.send(.get, "/v2/nothing", headers: ["Origin": Self.app])
            #expect(unknown.status == 404)
            #expect(unknown.header("Access-Control-Allow-Origin") == Self.app)
        }
    }

    @Test(
        "is granted to no other origin",
        arguments: [
            "https://evil.example", "http://app.example", "https://app.example:8443", "https://app.example.evil",
            "null",
        ]
    )
    func otherOrigins(origin: String) async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            let preflight = try await sandbox.send(.options, "/v2/oauth/token", headers: Self.preflight(origin))
            let simple = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: ["Origin": origin],
                json: ["grant_type": "client_credentials"]
            )
            for reply in [preflight, simple] {
                let granted = reply.header("Access-Control-Allow-Origin")
                #expect(granted == nil || granted == Self.app)
            }
        }
    }

    @Test("lets a page read why it was answered so, in the answer itself")
    func exposure() async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            let origin = ["Origin": Self.app]
            let granted = try await sandbox.send(
                .post,
                "/v2/oauth/token",
                headers: origin,
                json: ["grant_type": "client_credentials", "client_id": "demo-client", "client_secret": "demo-secret"]
            )
            let refused = try await sandbox.send(.get, "/v2/fulfillment/users/johnsmith6000/link", headers: origin)
            let unknown = try await sandbox.send(.get, "/v2/nothing", headers: origin)
            #expect([granted, refused, unknown].map(\.status) == [200, 401, 404])
            for reply in [granted, refused, unknown] {
                let names = reply.header("Access-Control-Expose-Headers")?.lowercased().split(separator: ", ") ?? []
                #expect(names.contains("x-sandbox-outcome"))
                #expect(names.contains("x-sandbox-reason"))
            }
            let foreign = try await sandbox.send(.get, "/v2/nothing", headers: ["Origin": "https://evil.example"])
            #expect(foreign.header("Access-Control-Expose-Headers") == nil)
        }
    }

    @Test("is never granted with credentials")
    func credentials() async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            let reply = try await sandbox.send(.options, "/v2/oauth/token", headers: Self.preflight(Self.app))
            #expect(reply.header("Access-Control-Allow-Credentials") == nil)
        }
    }

    @Test("is never granted anywhere else, not even to that origin", arguments: ownPaths)
    func elsewhere(path: String) async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            for method in ["GET", "POST", "PUT", "DELETE"] {
                let preflight = try await sandbox.send(.options, path, headers: Self.preflight(Self.app, for: method))
                #expect(Self.grants(preflight).isEmpty)
            }
            let simple = try await sandbox.send(.get, path, headers: ["Origin": Self.app])
            #expect(Self.grants(simple).isEmpty)
        }
    }

    @Test("gives that origin no write to the control API")
    func control() async throws {
        try await withSandbox(settings: Self.allowing) { sandbox in
            let reply = try await sandbox.control(.post, "/retailers", json: [:], headers: ["Origin": Self.app])
            #expect(reply.status == 403)
            #expect(reply.errorCode == "cross_site_request")
            #expect(Self.grants(reply).isEmpty)
        }
    }
}
