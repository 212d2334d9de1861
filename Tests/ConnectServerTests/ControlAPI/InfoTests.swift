import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("What the sandbox says of itself")
struct InfoTests {
    @Test("the defaults")
    func defaults() async throws {
        var settings = Settings()
        settings.database = .memory
        try await withSandbox(settings: settings) { sandbox in
            let reply = try await sandbox.control(.get, "/info")
            #expect(reply.status == 200)
            let version = try reply.string("version")
            #expect(!version.isEmpty)
            let expected: [String: JSONValue] = [
                "version": .string(version), "public_url": "http://localhost:4600", "database": ":memory:",
                "authorize_path": "/oauth/authorize", "relaxations": [], "assumptions": [], "code_lifetime": 600,
                "token_lifetime": 86_400, "rate_limit": nil, "seed": nil, "control_token": false,
                "cors_origin": nil, "allowed_hosts": [], "auto_approve": nil, "scripted_consent": true,
                "fault_header": true, "retailers": 1, "now": "2026-01-01T00:00:00Z",
            ]
            #expect(reply.json == .object(expected))
        }
    }

    @Test("what it was started with, but never the control token")
    func settings() async throws {
        var settings = Settings()
        settings.database = .file("somewhere.sqlite")
        settings.publicURL = "https://sandbox.example/base"
        settings.authorizePath = "/store/authorize"
        settings.relaxations = [.clientAuthBasic]
        settings.choices = Choices(
            assumptions: [.relinkRefused, .namesCapitalized],
            codeLifetime: 30,
            tokenLifetime: 90
        )
        settings.rateLimit = 7
        settings.seed = 42
        settings.controlToken = "very-secret"
        settings.corsOrigin = "https://app.example"
        settings.allowedHosts = ["sandbox.example", "other.example"]
        settings.autoApprove = "member@example.com"
        settings.acceptsScriptedConsent = false
        settings.acceptsFaultHeader = false
        try await withSandbox(settings: settings) { sandbox in
            let reply = try await sandbox.control(.get, "/info", headers: ["Authorization": "Bearer very-secret"])
            let info = reply.json
            #expect(info["database"] == "somewhere.sqlite")
            #expect(info["public_url"] == "https://sandbox.example/base")
            #expect(info["authorize_path"] == "/store/authorize")
            let relaxations = info["relaxations"]?.elements ?? []
            #expect(relaxations.map { $0["name"]?.string } == ["client-auth-basic"])
            let assumptions = info["assumptions"]?.elements ?? []
            #expect(Set(assumptions.compactMap { $0["name"]?.string }) == ["relink-refused", "names-capitalized"])
            for named in relaxations + assumptions {
                #expect(named["explanation"]?.string?.isEmpty == false)
            }
            #expect(info["code_lifetime"] == 30)
            #expect(info["token_lifetime"] == 90)
            #expect(info["rate_limit"] == 7)
            #expect(info["seed"] == 42)
            #expect(info["control_token"] == true)
            #expect(info["cors_origin"] == "https://app.example")
            #expect(info["allowed_hosts"] == ["sandbox.example", "other.example"])
            #expect(info["auto_approve"] == "member@example.com")
            #expect(info["scripted_consent"] == false)
            #expect(info["fault_header"] == false)
            #expect(!reply.text.contains("very-secret"))
        }
    }

    @Test(
        "is kept by no cache, like all that holds secrets",
        arguments: [
            "/info", "/retailers", "/retailers/demo", "/retailers/demo/state", "/state?tokens=true",
            "/retailers/demo/applications", "/retailers/demo/applications/demo-client",
        ]
    )
    func caching(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, path)
            #expect(reply.status == 200)
            #expect(reply.header("Cache-Control") == "no-store")
            #expect(reply.header("X-Content-Type-Options") == "nosniff")
        }
    }

    @Test("how many retailers there are, and the real time, which none of their clocks is")
    func nowAndRetailers() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer()
            try await sandbox.setClock(["now": "2040-01-01T00:00:00Z", "frozen": true])
            sandbox.environment.advance(seconds: 61)
            let info = try await sandbox.control(.get, "/info").json
            #expect(info["retailers"] == 2)
            #expect(info["now"] == "2026-01-01T00:01:01Z")
        }
    }

    @Test(
        "an address under /_sandbox that is none is not found, and told so in JSON",
        arguments: ["/nothing", "/retailers/demo/nothing", "/info/more", "/retailers/demo/clock/back"]
    )
    func notFound(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, path)
            #expect(reply.status == 404)
            #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
            #expect(reply.json["error"]?.names == ["code", "message", "path"])
            #expect(reply.errorCode == "not_found")
            #expect(reply.json["error"]?["path"] == .string("/_sandbox\(path)"))
        }
    }

    @Test(
        "a method that a route does not have is not found, and does nothing",
        arguments: [
            (HTTPRequest.Method.post, "/info"), (.put, "/retailers"), (.delete, "/retailers"),
            (.put, "/retailers/demo"),
            (.post, "/retailers/demo/state"), (.delete, "/retailers/demo/state"), (.put, "/retailers/demo/clock"),
            (.delete, "/state"), (.get, "/reset"), (.get, "/retailers/demo/reset"),
            (.get, "/retailers/demo/connect_users/johnsmith6000/link"),
        ]
    )
    func method(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.control(method, path)
            #expect(reply.status == 404)
            #expect(reply.errorCode == "not_found")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }
}
