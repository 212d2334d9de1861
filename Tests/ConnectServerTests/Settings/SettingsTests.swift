import ConnectCore
import ConnectServer
import ConnectStorage
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("without any, the defaults hold")
    func defaults() throws {
        let settings = try Settings(sources: [.flags([:]), .environment([:])])
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 4600)
        #expect(settings.database == .file("connect-sandbox.sqlite"))
        #expect(settings.relaxations.isEmpty)
        #expect(!settings.isQuiet)
    }

    @Test("a flag wins over its variable, and a list is taken from one of them whole")
    func precedence() throws {
        let settings = try Settings(sources: [
            .flags([.port: ["5000"], .allowHost: ["a.example", "b.example"]]),
            .environment([
                "CONNECT_SANDBOX_PORT": "6000", "CONNECT_SANDBOX_HOST": "0.0.0.0",
                "CONNECT_SANDBOX_ALLOW_HOST": "c.example",
            ]),
        ])
        #expect(settings.port == 5000)
        #expect(settings.host == "0.0.0.0")
        #expect(settings.allowedHosts == ["a.example", "b.example"])
    }

    @Test("lists in variables are separated by commas, and an empty variable counts as unset")
    func lists() throws {
        let settings = try Settings(sources: [
            .environment([
                "CONNECT_SANDBOX_REDIRECT_URI": "https://a.example/cb, http://localhost/cb", "CONNECT_SANDBOX_PORT": "",
                "CONNECT_SANDBOX_RELAX": "client-auth-basic", "CONNECT_SANDBOX_DATABASE": ":memory:",
                "CONNECT_SANDBOX_QUIET": "true",
            ])
        ])
        #expect(settings.demo.redirectURIs.map(\.rawValue) == ["https://a.example/cb", "http://localhost/cb"])
        #expect(settings.port == 4600)
        #expect(settings.relaxations == [.clientAuthBasic])
        #expect(settings.database == .memory)
        #expect(settings.isQuiet)
    }

    @Test(
        "a bad value is refused with a sentence that names it and where it came from",
        arguments: [
            (SettingName.port, "80a0", "--port: “80a0” is not a port from 0 to 65535"),
            (.port, "65536", "--port: “65536” is not a port from 0 to 65535"),
            (.port, "-1", "--port: “-1” is not a port from 0 to 65535"),
            (.relax, "everything", "--relax: “everything” is not one of client-auth-basic"),
            (
                .redirectURI, "javascript:alert(1)",
                "--redirect-uri: “javascript:alert(1)” is not an absolute address without fragment"
            ),
            (.publicURL, "localhost", "--public-url: “localhost” is not an http or https address without query"),
            (
                .logLevel, "loud",
                "--log-level: “loud” is not one of trace, debug, info, notice, warning, error, critical"
            ),
            (.quiet, "maybe", "--quiet: “maybe” is not true or false"),
            (.clientSecret, " ", "--client-secret: what was given is not a client secret"),
            (.database, "", "--database: “” is not a path or :memory:"),
            (.allowHost, "*.test", "--allow-host: “*.test” is not a host name"),
            (.allowHost, "http://a.test", "--allow-host: “http://a.test” is not a host name"),
            (.allowHost, ":80", "--allow-host: “:80” is not a host name"),
            (.corsOrigin, "http://*", "--cors-origin: “http://*” is not an origin such as http://localhost:3000"),
            (.corsOrigin, "http://a/b", "--cors-origin: “http://a/b” is not an origin such as http://localhost:3000"),
            (.corsOrigin, "http://a/", "--cors-origin: “http://a/” is not an origin such as http://localhost:3000"),
            (.corsOrigin, "null", "--cors-origin: “null” is not an origin such as http://localhost:3000"),
        ]
    )
    func refused(name: SettingName, value: String, sentence: String) {
        #expect(throws: SettingError.self) { try Settings(sources: [.flags([name: [value]])]) }
        do {
            _ = try Settings(sources: [.flags([name: [value]])])
        } catch {
            #expect(error.description == sentence)
        }
    }

    @Test("hosts and an origin are taken as requests name them: in lower case, a host without port and final dot")
    func names() throws {
        let settings = try Settings(sources: [
            .flags([
                .allowHost: ["MyHost.example:80", "[::1]", "[::1]:4600", "host.", "Host.:80"],
                .corsOrigin: ["HTTP://Example.COM:3000"],
            ])
        ])
        #expect(settings.allowedHosts == ["myhost.example", "::1", "::1", "host", "host"])
        #expect(settings.corsOrigin == "http://example.com:3000")
    }

    @Test(
        "the authorize path may be any that is nobody else's",
        arguments: ["/authorize", "/a/b.c", "/.a", "/a/.b/...c"]
    )
    func authorizePath(path: String) throws {
        let settings = try Settings(sources: [.flags([.authorizePath: [path]])])
        #expect(settings.authorizePath == path)
    }

    @Test(
        "the authorize path is none that a browser shortens, and none of the sandbox's own",
        arguments: [
            "/..", "/.", "/...", "/a/../b", "/a/.", "/a/./b", "/../v2", "/.well-known/x", "/.well-known", "/v2/x",
            "/_sandbox/x", "/demo", "/livez", "/readyz", "/", "a", "/a/", "//a", "/a//b", "/a?b", "/a%2e", "/a b",
        ]
    )
    func refusedAuthorizePath(path: String) throws {
        let error = try #require(throws: SettingError.self) {
            try Settings(sources: [.flags([.authorizePath: [path]])])
        }
        #expect(error.description.hasPrefix("--authorize-path: “\(path)” is not a path such as "))
    }

    @Test("a bad variable is named by its own name")
    func variable() {
        do {
            _ = try Settings(sources: [.environment(["CONNECT_SANDBOX_PORT": "tcp://10.0.0.1:4600"])])
            Issue.record("the value was taken")
        } catch {
            #expect(
                error.description == "CONNECT_SANDBOX_PORT: “tcp://10.0.0.1:4600” is not a port from 0 to 65535"
            )
        }
    }
}
