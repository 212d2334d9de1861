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
