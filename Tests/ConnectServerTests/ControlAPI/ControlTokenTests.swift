import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("A control token")
struct ControlTokenTests {
    private static let settings: Settings = {
        var settings = Settings()
        settings.controlToken = "s3same-0pen"
        return settings
    }()
    private static let right = ["Authorization": "Bearer s3same-0pen"]

    static let wrong: [[String: String]] = [
        [:], ["Authorization": "Bearer"], ["Authorization": "Bearer "], ["Authorization": "s3same-0pen"],
        ["Authorization": "Basic s3same-0pen"], ["Authorization": "Bearer s3same-0pe"],
        ["Authorization": "Bearer s3same-0penn"], ["Authorization": "Bearer S3SAME-0PEN"],
        ["Authorization": "Bearer s3same-0pen, Bearer x"], ["X-Control-Token": "s3same-0pen"],
        ["Cookie": "control_token=s3same-0pen"],
    ]

    @Test("is asked of every request for /_sandbox, read or write, there or not", arguments: wrong)
    func required(headers: [String: String]) async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            for (method, path) in [
                (HTTPRequest.Method.get, "/info"), (.get, "/retailers"), (.get, "/state?tokens=true"),
                (.post, "/retailers"), (.post, "/reset"), (.delete, "/retailers/demo"), (.get, "/nothing"), (.get, ""),
                (.get, "/info?control_token=s3same-0pen"), (.head, "/info"),
            ] {
                let reply = try await sandbox.control(method, path, headers: headers)
                #expect(reply.status == 401, "\(method) \(path)")
                #expect(reply.header("WWW-Authenticate") == #"Bearer realm="Connect Sandbox""#)
                #expect(method == .head || reply.errorCode == "control_token_required")
                #expect(!reply.text.contains("s3same"))
            }
            let list = try await sandbox.control(.get, "/retailers", headers: Self.right)
            #expect(list.json["retailers"]?.elements.count == 1)
        }
    }

    @Test("opens it; its scheme is read without case")
    func opens() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            for scheme in ["Bearer", "bearer", "BEARER"] {
                let reply = try await sandbox.control(
                    .post,
                    "/retailers",
                    headers: ["Authorization": "\(scheme) s3same-0pen"]
                )
                #expect(reply.status == 200)
            }
        }
    }

    @Test("opens nothing to a page of another site, nor to a form")
    func stillGuarded() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let crossSite = try await sandbox.control(
                .post,
                "/reset",
                headers: Self.right.merging(["Origin": "https://evil.example"]) { $1 }
            )
            #expect(crossSite.status == 403)
            let form = try await sandbox.control(
                .post,
                "/reset",
                headers: Self.right.merging(["Content-Type": "text/plain"]) { $1 }
            )
            #expect(form.status == 415)
        }
    }

    @Test("opens nothing under a foreign Host")
    func foreignHost() async throws {
        try await withSandbox(.live, settings: Self.settings) { sandbox in
            let text = try await sandbox.raw(
                "GET /_sandbox/info HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer s3same-0pen\r\n"
                    + "Connection: close\r\n\r\n"
            )
            #expect(RawReply(text)?.status == 421)
        }
    }

    @Test(
        "is asked for however the path is spelt",
        arguments: ["//_sandbox/info", "/_sandbox//info", "///_sandbox/retailers"]
    )
    func spelling(path: String) async throws {
        try await withSandbox(.live, settings: Self.settings) { sandbox in
            let text = try await sandbox.raw(rawRequest("GET", path))
            let reply = try #require(RawReply(text))
            #expect([401, 404].contains(reply.status), "\(reply.status)")
            #expect(!reply.body.contains("public_url"))
        }
    }

    @Test("is asked of nobody else: Instacart's API, the pages and the probes are open")
    func elsewhere() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let probe = try await sandbox.send(.get, "/readyz")
            #expect(probe.status == 200)
            var visitor = Visitor(sandbox)
            let page = try await visitor.visit()
            #expect(page.outcome == "authorize.login_page")
            let store = try await sandbox.send(.get, "/demo")
            #expect(store.status != 401)
        }
    }

    @Test("is no bearer token of Instacart's API, nor the other way round")
    func apart() async throws {
        try await withSandbox(settings: Self.settings) { sandbox in
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: "s3same-0pen")
            #expect(status.outcome == "any.invalid_token")
            let bearer = try await sandbox.fulfillmentToken()
            let info = try await sandbox.control(.get, "/info", headers: ["Authorization": "Bearer \(bearer)"])
            #expect(info.status == 401)
        }
    }
}
