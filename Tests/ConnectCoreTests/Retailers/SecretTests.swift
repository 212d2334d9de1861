import ConnectCore
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test("a client secret is never printed, alone or in something else")
    func clientSecret() throws {
        let secret = ClientSecret(rawValue: "hunter2")
        let credentials = try ClientCredentials(
            strings(["client_id": "demo-client", "client_secret": "hunter2"]),
            basic: nil,
            acceptsBasic: false
        )

        #expect("\(secret)" == "[redacted]")
        #expect(String(reflecting: secret) == "[redacted]")
        #expect(String(describing: [secret]) == "[[redacted]]")
        #expect(credentials.clientSecret == secret)
        #expect("\(credentials)".contains("hunter2") == false)
        #expect(String(reflecting: credentials).contains("hunter2") == false)
    }

    @Test("a bearer token is never printed, alone or in something else")
    func bearerToken() {
        let token = BearerToken(rawValue: "hunter2")

        #expect("\(token)" == "[redacted]")
        #expect(String(reflecting: token) == "[redacted]")
        #expect(String(describing: Optional(token)).contains("hunter2") == false)
    }

    @Test("an application accepts its own secret and no other", arguments: ["", "demo", "demo-secret ", "Demo-secret"])
    func accepts(_ other: String) {
        let application = Application.sample()

        #expect(application.accepts(ClientSecret(rawValue: "demo-secret")))
        #expect(application.accepts(ClientSecret(rawValue: other)) == false)
    }
}
