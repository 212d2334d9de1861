import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("The demo storefront")
struct DemoTests {
    @Test(
        "each customer's account shows the documented state",
        arguments: [
            ("1990ad78-9f7a-4302-95cb-f70fe03b6b04", "linked-active", "01/01/2027"),
            ("linked-inactive", "linked-inactive", "signup?next=%2Fstore%2Faccount%2Finstacart-plus"),
            ("johnsmith6000", "unlinked", "Link accounts"), ("not-active", "unlinked", "not active"),
            ("new", "unlinked", "Link accounts"),
        ]
    )
    func states(customer: String, state: String, text: String) async throws {
        try await withSandbox(settings: .demo) { sandbox in
            var shopper = Shopper(sandbox)
            try await shopper.signIn(as: customer)
            let profile = try await shopper.open("/demo/account/profile")
            #expect(profile.status == 200)
            #expect(profile.text.contains("data-state=\"\(state)\""))
            #expect(profile.text.contains(text))
            #expect(profile.text.contains("GET</td>") || profile.text.contains("/link"))
        }
    }

    @Test("a customer who is new to Connect is created and linked on the way back, and reloading links nothing twice")
    func linking() async throws {
        try await withSandbox(settings: .demo) { sandbox in
            var shopper = Shopper(sandbox)
            try await shopper.signIn(as: "new")
            let profile = try await shopper.open("/demo/account/profile")
            let link = try #require(profile.text.firstMatch(of: /href="http:\/\/localhost(\/oauth\/authorize\?[^"]+)"/))
                .1
            let consent = try await sandbox.send(
                .get,
                link.replacing("&amp;", with: "&")
                    + "&sandbox_user=unlinked-member%40example.com&sandbox_decision=allow"
            )
            let back = try #require(consent.header("Location")).replacing("http://localhost", with: "")
            let processed = try await shopper.open(back)
            #expect(processed.status == 303)
            #expect(processed.header("Location") == "/demo/account/profile")
            let result = try await shopper.open("/demo/account/profile")
            #expect(result.text.contains("<dialog"))
            #expect(result.text.contains("data-state=\"linked-active\""))
            #expect(result.text.contains("create_user.success"))
            let again = try await shopper.open(back)
            #expect(again.status == 303)
            let reloaded = try await shopper.open("/demo/account/profile")
            #expect(!reloaded.text.contains("link_user.success"))
            #expect(reloaded.text.contains("data-state=\"linked-active\""))
        }
    }

    @Test("another state than the session's links nothing")
    func stateMismatch() async throws {
        try await withSandbox(settings: .demo) { sandbox in
            var shopper = Shopper(sandbox)
            try await shopper.signIn(as: "johnsmith6000")
            let code = try await sandbox.code()
            _ = try await shopper.open("/demo/account/profile?code=\(code)&state=made-up")
            let result = try await shopper.open("/demo/account/profile")
            #expect(result.text.contains("<dialog"))
            #expect(
                !result.text.contains("generate_access_token.success") || !result.text.contains("link_user.success")
            )
            #expect(result.text.contains("data-state=\"unlinked\""))
        }
    }

    @Test("members pay no delivery fee, others are told how not to")
    func checkout() async throws {
        try await withSandbox(settings: .demo) { sandbox in
            var shopper = Shopper(sandbox)
            try await shopper.signIn(as: "1990ad78-9f7a-4302-95cb-f70fe03b6b04")
            #expect(try await shopper.open("/demo/checkout").text.contains("$0.00"))
            try await shopper.signIn(as: "johnsmith6000")
            let other = try await shopper.open("/demo/checkout").text
            #expect(other.contains("Instacart+ Member? Link your account to receive $0 delivery"))
        }
    }

    @Test("a form from another site or without the session's token signs nobody in")
    func forgery() async throws {
        try await withSandbox(settings: .demo) { sandbox in
            var shopper = Shopper(sandbox)
            for headers in [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"]] {
                let reply = try await shopper.signIn(as: "johnsmith6000", headers: headers)
                #expect(reply.status == 403)
            }
            let reply = try await shopper.signIn(as: "johnsmith6000", token: "guessed")
            #expect(reply.status == 403)
        }
    }

    @Test("without the demo retailer it explains itself")
    func unavailable() async throws {
        try await withSandbox(state: "id: other", settings: .demo) { sandbox in
            let reply = try await sandbox.send(.get, "/demo")
            #expect(reply.status == 503)
            #expect(reply.header("Content-Type") == "text/html; charset=utf-8")
        }
    }
}

extension Settings {
    /// The router's tests have no port.
    fileprivate static var demo: Settings {
        var settings = Settings()
        settings.publicURL = "http://localhost"
        return settings
    }
}

/// A browser in the storefront: keeps its cookie and the page's anti-forgery token.
private struct Shopper: Sendable {
    private let sandbox: Sandbox
    private var cookie: String?
    private var token = ""

    init(_ sandbox: Sandbox) {
        self.sandbox = sandbox
    }

    mutating func open(_ path: String) async throws -> Reply {
        let reply = try await sandbox.send(.get, path, headers: cookie.map { ["Cookie": $0] } ?? [:])
        keep(reply)
        return reply
    }

    @discardableResult
    mutating func signIn(
        as customer: String,
        token guessed: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Reply {
        _ = try await open("/demo")
        let reply = try await sandbox.send(
            .post,
            "/demo/sign-in",
            headers: headers.merging(cookie.map { ["Cookie": $0] } ?? [:]) { $1 },
            form: "customer=\(customer)&anti_forgery_token=\(guessed ?? token)"
        )
        keep(reply)
        return reply
    }

    private mutating func keep(_ reply: Reply) {
        if let set = reply.header("Set-Cookie") { cookie = String(set.prefix { $0 != ";" }) }
        if let match = reply.text.firstMatch(of: /name="anti_forgery_token" value="([^"]+)"/) {
            token = String(match.1)
        }
    }
}
