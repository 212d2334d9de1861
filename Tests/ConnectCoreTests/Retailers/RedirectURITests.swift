import ConnectCore
import Testing

@Suite("Redirect URI")
struct RedirectURITests {
    @Test(
        "an absolute address is accepted as it is written",
        arguments: [
            "https://example.org", "https://example.org/account/profile", "https://example.org:8443/cb",
            "https://example.org/cb?shop=1", "http://localhost/demo/account/profile", "http://localhost:8080/cb",
            "http://127.0.0.1:3000/cb", "http://[::1]:3000/cb", "https://example.org/a%20b", "HTTPS://Example.org/cb",
            "com.example.app://oauth/callback", "myapp://callback",
        ]
    )
    func accepted(_ address: String) {
        #expect(RedirectURI(rawValue: address)?.rawValue == address)
    }

    @Test(
        "what is not absolute, has a fragment or user info, or would be run is refused",
        arguments: [
            "", " ", "/account/profile", "//example.org/cb", "example.org/cb", "https:", "https://", "https:///cb",
            "https:example.org/cb", "https:/example.org/cb", "https://example.org/cb#top", "https://example.org/cb#",
            "https://user@example.org/cb", "https://user:secret@example.org/cb", "http://localhost@evil.com/cb",
            "http://localhost:1@evil.com/cb", "http://localhost:3000\\@evil.com/cb", "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)", "JavaScript://example.org/%0aalert(1)", "data:text/html,x",
            "data://text/html", "vbscript://example.org/x", "file:///etc/passwd", "file://example.org/x",
            "blob://example.org/x", "mailto:member@example.com", "https://example.org/a b", " https://example.org/cb",
            "https://example.org/cb ", "https://example.org/cb\n", "https://example.org/\r\nSet-Cookie:a=b",
            "https://example.org/cb\u{7F}", "https://ex\u{E4}mple.org/cb", "https://example.org/\u{202E}cb",
            "*", "https://example.org:port/cb",
        ]
    )
    func refused(_ address: String) {
        #expect(RedirectURI(rawValue: address) == nil)
    }

    static let matching: [(String, String)] = [
        ("https://example.org/account/profile", "https://example.org/account/profile"),
        ("https://example.org/cb?shop=1", "https://example.org/cb?shop=1"),
        ("myapp://callback", "myapp://callback"),
        ("http://localhost/cb", "http://localhost:3000/cb"),
        ("http://localhost:8080/cb", "http://localhost/cb"),
        ("http://localhost:8080/cb", "http://localhost:9090/cb"),
        ("http://localhost", "http://localhost:3000"),
        ("http://localhost/cb?shop=1", "http://localhost:3000/cb?shop=1"),
        ("https://localhost/cb", "https://localhost:8443/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:3000/cb"),
        ("http://[::1]/cb", "http://[::1]:3000/cb"),
        ("http://[::1]:8080/cb", "http://[::1]:9090/cb"),
    ]

    @Test("a request may use the registered address, at any port where it is a loopback one", arguments: Self.matching)
    func matches(_ registered: String, _ candidate: String) throws {
        let registered = try #require(RedirectURI(rawValue: registered))
        let candidate = try #require(RedirectURI(rawValue: candidate))

        #expect(registered.matches(candidate))
        #expect(candidate.matches(registered))
    }

    static let others: [(String, String)] = [
        ("https://example.org/cb", "https://example.org/cb/"),
        ("https://example.org/cb", "https://example.org/cb/evil"),
        ("https://example.org/cb", "https://example.org/cbx"),
        ("https://example.org/cb", "https://example.org/c"),
        ("https://example.org/cb", "https://example.org/"),
        ("https://example.org/cb", "https://example.org/CB"),
        ("https://example.org/cb", "https://EXAMPLE.org/cb"),
        ("https://example.org/cb", "HTTPS://example.org/cb"),
        ("https://example.org/cb", "http://example.org/cb"),
        ("https://example.org/cb", "https://example.org:443/cb"),
        ("https://example.org/cb", "https://example.org:8443/cb"),
        ("https://example.org/cb", "https://example.org/%63b"),
        ("https://example.org/cb", "https://example.org/./cb"),
        ("https://example.org/cb", "https://example.org/x/../cb"),
        ("https://example.org/cb", "https://example.org//cb"),
        ("https://example.org/cb", "https://example.org/cb?x=1"),
        ("https://example.org/cb", "https://example.org/cb?"),
        ("https://example.org/cb?x=1", "https://example.org/cb"),
        ("https://example.org/cb?x=1", "https://example.org/cb?x=1&y=2"),
        ("https://example.org/cb?x=1", "https://example.org/cb?x=2"),
        ("https://example.org/cb", "https://example.org/cb#top"),
        ("https://example.org/cb", "https://user@example.org/cb"),
        ("https://example.org/cb", "https://example.org@evil.com/cb"),
        ("https://example.org/cb", "https://example.org.evil.com/cb"),
        ("https://example.org/cb", "https://evil.com/https://example.org/cb"),
        ("https://example.org/cb", "https://sub.example.org/cb"),
        ("http://localhost/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1/cb", "http://localhost:3000/cb"),
        ("http://localhost/cb", "http://[::1]:3000/cb"),
        ("http://127.0.0.1/cb", "http://[::1]:3000/cb"),
        ("http://localhost/cb", "https://localhost:3000/cb"),
        ("http://localhost/cb", "HTTP://localhost:3000/cb"),
        ("http://localhost/cb", "http://LOCALHOST:3000/cb"),
        ("http://localhost/cb", "http://localhost.:3000/cb"),
        ("http://localhost/cb", "http://localhost:3000/cb/"),
        ("http://localhost/cb", "http://localhost:3000/CB"),
        ("http://localhost/cb", "http://localhost:3000/cb?x=1"),
        ("http://localhost/cb", "http://localhost:3000/%63b"),
        ("http://localhost/cb", "http://localhost:3000/cb#top"),
        ("http://localhost/cb", "http://localhost@evil.com/cb"),
        ("http://localhost/cb", "http://localhost:80.evil.com/cb"),
        ("http://localhost/cb", "http://localhost:1@evil.com/cb"),
        ("http://localhost/cb", "http://localhost:3000\\@evil.com/cb"),
        ("http://localhost/cb", "http://localhost:3000x/cb"),
        ("http://localhost/cb", "http://localhost:-1/cb"),
        ("http://localhost/cb", "http://localhost:1:2/cb"),
        ("http://localhost/cb", "http://localhost:\u{FF11}/cb"),
        ("http://localhost/cb", "http://localhost.evil.com/cb"),
        ("http://localhost/cb", "http://localhost%2Eevil.com/cb"),
        ("http://localhost/cb", "http://localhost?@evil.com/cb"),
        ("http://localhost/cb", "http://evil.com@localhost/cb"),
        ("http://localhost/cb", "http://evil.com:80@localhost:3000/cb"),
        ("http://localhost/cb", "http://evil.com/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1.evil.com/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80.evil.com/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.2:3000/cb"),
        ("http://127.0.0.1/cb", "http://127.1:3000/cb"),
        ("http://127.0.0.2/cb", "http://127.0.0.2:3000/cb"),
        ("http://[::1]/cb", "http://[::1].evil.com/cb"),
        ("http://[::1]/cb", "http://[::1]:1@evil.com/cb"),
        ("http://[::1]/cb", "http://[0:0:0:0:0:0:0:1]:3000/cb"),
        ("http://shop.localhost/cb", "http://shop.localhost:3000/cb"),
        ("http://0.0.0.0/cb", "http://0.0.0.0:3000/cb"),
    ]

    @Test("no other address matches, however close", arguments: Self.others)
    func differs(_ registered: String, _ candidate: String) {
        let application = Application.sample(redirectURIs: [registered])

        #expect(application.isRegistered(registered))
        #expect(application.isRegistered(candidate) == false)
    }

    @Test("any of an application's addresses may be used")
    func several() {
        let application = Application.sample(redirectURIs: ["http://localhost/cb", "https://example.org/cb"])

        #expect(application.isRegistered("https://example.org/cb"))
        #expect(application.isRegistered("http://localhost:3000/cb"))
        #expect(Application.sample(redirectURIs: []).isRegistered("https://example.org/cb") == false)
    }

    static let displays: [(String, String)] = [
        ("https://example.org/cb", "https://example.org/cb"),
        ("https://example.org/cb?code=secret&state=1", "https://example.org/cb?..."),
        ("https://example.org/cb?a=1?b=2", "https://example.org/cb?..."),
        ("?code=secret", "?..."),
        ("https://example.org/cb#code=secret", "https://example.org/cb#..."),
        ("", ""),
    ]

    @Test("it is shown without what its query holds", arguments: Self.displays)
    func shown(_ address: String, _ shown: String) {
        #expect(RedirectURI.shown(address) == shown)
    }
}
