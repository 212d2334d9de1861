import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("The authorization URL in a browser")
struct ConsentTests {
    @Test("a visitor logs in, allows, and is sent back with a code that redeems")
    func allow() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            let login = try await browser.visit()
            #expect(login.outcome == "authorize.login_page")
            let signedIn = try await browser.submit(
                "action=sign_in&email=Unlinked-Member%40example.com&password=password"
            )
            #expect(signedIn.status == 303)
            #expect(signedIn.outcome == "authorize.signed_in")
            let consent = try await browser.visit()
            #expect(consent.outcome == "authorize.consent_page")
            #expect(consent.text.contains("Authorization Required"))
            #expect(consent.text.contains("Demo Grocer website"))
            #expect(consent.text.contains("unlinked-member@example.com"))
            let allowed = try await browser.submit("action=allow")
            #expect(allowed.status == 303)
            #expect(allowed.outcome == "authorize.success")
            let location = try #require(allowed.header("Location"))
            let match = try #require(
                location.wholeMatch(of: /https:\/\/example\.org\/account\/profile\?code=([A-Za-z0-9_-]{43})&state=xyz/)
            )
            #expect(try await sandbox.redeem(String(match.1)).json["scope"] == "account_linking")
        }
    }

    @Test("denying sends the browser back with access_denied")
    func deny() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            try await browser.signIn()
            let denied = try await browser.submit("action=deny")
            #expect(denied.outcome == "authorize.access_denied")
            #expect(
                denied.header("Location")
                    == "https://example.org/account/profile?error=access_denied&error_description="
                    + "The+resource+owner+or+authorization+server+denied+the+request.&state=xyz"
            )
        }
    }

    @Test("a wrong password says so, keeps the e-mail address, and signs nobody in")
    func wrongPassword() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            _ = try await browser.visit()
            for form in ["email=member%40example.com&password=wrong", "email=nobody%40example.com&password=password"] {
                let reply = try await browser.submit("action=sign_in&\(form)")
                #expect(reply.status == 401)
                #expect(reply.outcome == "authorize.wrong_password")
                #expect(reply.text.contains("Wrong email or password."))
                #expect(
                    reply.text.contains(form.hasPrefix("email=member") ? "member@example.com" : "nobody@example.com")
                )
            }
            #expect(try await browser.visit().outcome == "authorize.login_page")
        }
    }

    @Test("one click signs a sandbox user in, and “Not you?” signs out")
    func pickAndSignOut() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            _ = try await browser.visit()
            _ = try await browser.submit("action=pick_user&sandbox_user=nonmember%40example.com")
            #expect(try await browser.visit().outcome == "authorize.consent_page")
            _ = try await browser.submit("action=sign_out")
            #expect(try await browser.visit().outcome == "authorize.login_page")
        }
    }

    @Test("signing in begins another session, so that one that was fixed before is nobody's")
    func fixation() async throws {
        try await withSandbox { sandbox in
            var victim = Browser(sandbox)
            _ = try await victim.visit()
            let attacker = victim
            try await victim.signIn()
            #expect(victim.cookie != attacker.cookie)
            var later = attacker
            #expect(try await later.visit().outcome == "authorize.login_page")
        }
    }

    @Test("a form without the session's token, from another site, or sent a second time gets nothing")
    func forgery() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            try await browser.signIn()
            let forgeries: [[String: String]] = [
                ["Origin": "https://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
                ["Sec-Fetch-Site": "same-site"],
            ]
            for headers in forgeries {
                let reply = try await browser.submit("action=allow", headers: headers)
                #expect(reply.status == 400)
                #expect(reply.outcome == "authorize.forged_form")
                #expect(reply.header("Location") == nil)
            }
            let withoutToken = try await browser.submit("action=allow", token: "guessed")
            #expect(withoutToken.outcome == "authorize.forged_form")
            let token = browser.token
            #expect(try await browser.submit("action=allow").outcome == "authorize.success")
            #expect(try await browser.submit("action=allow", token: token).outcome == "authorize.forged_form")
        }
    }

    @Test("a session belongs to one retailer, and ends after a day")
    func sessions() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            var browser = Browser(sandbox)
            try await browser.signIn(as: "one@example.com")
            #expect(try await browser.visit(client: "other-client").outcome == "authorize.login_page")
            var second = Browser(sandbox)
            try await second.signIn(as: "one@example.com")
            sandbox.environment.advance(seconds: 86_400)
            #expect(try await second.visit().outcome == "authorize.login_page")
        }
    }

    @Test("cookie and headers keep the pages to themselves")
    func headers() async throws {
        try await withSandbox { sandbox in
            var browser = Browser(sandbox)
            let reply = try await browser.visit()
            let cookie = try #require(reply.header("Set-Cookie"))
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            #expect(cookie.contains("Path=/oauth/authorize"))
            let policy = try #require(reply.header("Content-Security-Policy"))
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(reply.header("Cache-Control") == "no-store")
            #expect(reply.header("X-Content-Type-Options") == "nosniff")
        }
    }

    @Test(
        "the policy lets a form lead to the redirect URI, by its scheme where a policy cannot name the host",
        arguments: [
            ("https://example.org/account/profile", "https://example.org"), ("http://[::1]:3000/cb", "http:"),
            ("shopapp://linked/here", "shopapp://linked"), ("shopapp:///linked", "shopapp:"),
        ]
    )
    func formAction(redirectURI: String, source: String) async throws {
        let state = """
            id: shop
            applications: [{client_id: demo-client, client_secret: demo-secret, redirect_uris: ["\(redirectURI)"]}]
            instacart_users: [{id: 1, email: unlinked-member@example.com}]
            """
        try await withSandbox(state: state) { sandbox in
            var browser = Browser(sandbox, redirectURI: redirectURI)
            try await browser.signIn()
            let policy = try #require(try await browser.visit().header("Content-Security-Policy"))
            #expect(policy.contains("form-action 'self' \(source);"))
        }
    }

    @Test("everything shown is escaped")
    func escaping() async throws {
        let state = """
            id: shop
            applications:
              - client_id: demo-client
                client_secret: demo-secret
                name: '<script>alert("app")</script>'
                redirect_uris: [https://example.org/account/profile]
            instacart_users: [{id: 1, email: "<b>@example.com"}]
            """
        try await withSandbox(state: state) { sandbox in
            var browser = Browser(sandbox)
            let pages = [
                try await browser.visit(),
                try await browser.submit("action=sign_in&email=%22%3E%3Cscript%3E&password=x"),
                try await browser.visit(adding: "&x=%22%3E%3Cscript%3E"),
                try await browser.visit(client: "%3Cscript%3E"),
            ]
            for page in pages {
                #expect(!page.text.contains("<script"))
                #expect(!page.text.contains("<b>@"))
            }
        }
    }

    @Test("scripted consent answers at once and sets no cookie; it can be turned off")
    func scripted() async throws {
        let path = Browser.path() + "&sandbox_user=member%40example.com&sandbox_decision=allow"
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.get, path)
            #expect(reply.status == 302)
            #expect(reply.header("Set-Cookie") == nil)
            #expect(reply.header("Location")?.hasPrefix("https://example.org/account/profile?code=") == true)
        }
        var settings = Settings()
        settings.acceptsScriptedConsent = false
        try await withSandbox(settings: settings) { sandbox in
            let reply = try await sandbox.send(.get, path)
            #expect(reply.outcome == "authorize.login_page")
        }
    }

    @Test("--auto-approve allows every request at once, and a scripted denial still denies")
    func autoApprove() async throws {
        var settings = Settings()
        settings.autoApprove = "member@example.com"
        try await withSandbox(settings: settings) { sandbox in
            let allowed = try await sandbox.send(.get, Browser.path())
            #expect(allowed.outcome == "authorize.success")
            let denied = try await sandbox.send(.get, Browser.path() + "&sandbox_decision=deny")
            #expect(denied.outcome == "authorize.access_denied")
        }
    }

    @Test("--authorize-path moves the pages")
    func authorizePath() async throws {
        var settings = Settings()
        settings.authorizePath = "/store/oauth/authorize"
        try await withSandbox(settings: settings) { sandbox in
            let moved = try await sandbox.send(.get, "/store" + Browser.path())
            #expect(moved.outcome == "authorize.login_page")
            let old = try await sandbox.send(.get, Browser.path())
            #expect(old.status == 404)
        }
    }
}

/// A browser at the authorization URL: keeps its cookie and the anti-forgery token of the page it shows.
private struct Browser: Sendable {
    private let sandbox: Sandbox
    private(set) var cookie: String?
    private(set) var token = ""

    private let redirectURI: String

    init(_ sandbox: Sandbox, redirectURI: String = "https://example.org/account/profile") {
        self.sandbox = sandbox
        self.redirectURI = redirectURI
    }

    static func path(
        client: String = "demo-client",
        redirectURI: String = "https://example.org/account/profile"
    ) -> String {
        "/oauth/authorize?response_type=code&client_id=\(client)&scope=account_linking&state=xyz"
            + "&redirect_uri=\(formEncoded(redirectURI))"
    }

    mutating func visit(client: String = "demo-client", adding query: String = "") async throws -> Reply {
        let reply = try await sandbox.send(
            .get,
            Self.path(client: client, redirectURI: redirectURI) + query,
            headers: headers
        )
        keep(reply)
        return reply
    }

    mutating func submit(
        _ form: String,
        token: String? = nil,
        headers extra: [String: String] = [:]
    ) async throws -> Reply {
        let reply = try await sandbox.send(
            .post,
            Self.path(redirectURI: redirectURI),
            headers: headers.merging(extra) { $1 },
            form: "\(form)&anti_forgery_token=\(token ?? self.token)"
        )
        keep(reply)
        return reply
    }

    mutating func signIn(as email: String = "unlinked-member@example.com") async throws {
        _ = try await visit()
        _ = try await submit("action=sign_in&email=\(email.replacing("@", with: "%40"))&password=password")
        _ = try await visit()
    }

    private var headers: [String: String] {
        cookie.map { ["Cookie": $0] } ?? [:]
    }

    private mutating func keep(_ reply: Reply) {
        if let set = reply.header("Set-Cookie") { cookie = String(set.prefix { $0 != ";" }) }
        if let match = reply.text.firstMatch(of: /name="anti_forgery_token" value="([^"]+)"/) {
            token = String(match.1)
        }
    }
}
