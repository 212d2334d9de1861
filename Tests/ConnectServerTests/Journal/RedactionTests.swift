import ConnectServer
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Secrets in the journal", .timeLimit(.minutes(10)))
struct RedactionTests {
    @Test("are nowhere to be found, whatever is asked of it, and everything else is")
    func nowhere() async throws {
        try await SecretTraffic.run { sandbox, secrets in
            let outputs = try await Self.outputs(of: sandbox)
            for (name, text) in outputs {
                #expect(secrets.leaks(in: text) == [], "\(name)")
                #expect(text.contains("[redacted]"), "\(name)")
            }
            let everything = try #require(outputs["list"])
            for word in [
                "Bearer [redacted]", "Basic [redacted]", "code=[redacted]", "connect_sandbox_session=[redacted]",
                #"\"client_id\":\"demo-client\""#, #"\"client_secret\":\"[redacted]\""#, "authorization_code",
                #"\"refresh_token\":\"[redacted]\""#, "new@example.com", "one@example.com", "johnsmith6000",
                "https://example.org/account/profile", "client_secret=[redacted]", "password=[redacted]",
            ] {
                #expect(everything.contains(word), "\(word)")
            }
        }
    }

    @Test("are in what was sent: the search finds them in the state of the sandbox")
    func search() async throws {
        try await SecretTraffic.run { sandbox, secrets in
            #expect(secrets.count > 60)
            let state = try await sandbox.wholeState()
            let names = Set(secrets.leaks(in: state))
            #expect(names.isSuperset(of: ["application secret", "fulfillment token", "linking token", "code"]))
        }
    }

    @Test("are as little shown of a fault's answers")
    func faults() async throws {
        try await withSandbox { sandbox in
            let secrets = Secrets()
            for outcome in ["generate_access_token.success", "any.unavailable"] {
                _ = try await sandbox.send(
                    .post,
                    "/v2/oauth/token",
                    headers: ["X-Sandbox-Fault": outcome],
                    json: ["client_id": "demo-client", "client_secret": .string(secrets.make("secret"))]
                )
            }
            let requests = try await sandbox.control(.get, "/requests").text
            #expect(secrets.leaks(in: requests) == [])
            #expect(requests.contains(#"\"access_token\":\"[redacted]\""#))
        }
    }

    /// Everything that the journal has to say, by where it says it.
    private static func outputs(of sandbox: Sandbox) async throws -> [String: String] {
        let all = try await sandbox.requests("limit=1000", of: nil)
        var outputs: [String: String] = [:]
        for (name, path) in [
            ("list", Sandbox.journal(nil, query: "limit=1000")),
            ("list of the retailer", Sandbox.journal(query: "limit=1000")),
            ("wait", Sandbox.journal("demo", "/wait", query: "count=\(20)&path=/v2/*")),
            ("wait in vain", Sandbox.journal(nil, "/wait", query: "count=1000&timeout=10ms")),
            ("wait for others", Sandbox.journal(nil, "/wait", query: "path=/v2/oauth/token&count=999&timeout=10ms")),
        ] {
            outputs[name] = try await sandbox.control(.get, path).text
        }
        var single = ""
        for exchange in all {
            single += try await sandbox.control(.get, Sandbox.journal(nil, "/\(exchange.exchangeID())")).text
        }
        outputs["get"] = single
        let count = all.count
        outputs["stream"] = try await withEventStream("/_sandbox/requests/stream?last_event_id=0", port: sandbox.port) {
            stream in
            var text = ""
            for _ in 0..<count { text += try await stream.next()?.data ?? "" }
            return text
        }
        return outputs
    }
}
