import ConnectServer
import HummingbirdTesting
import TestSupport
import Testing

@Suite("The Host of a request")
struct HostGuardTests {
    private static let foreignHosts = [
        "evil.example", "evil.example:4600", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost.com",
        "1.2.3", "[::1].evil.example",
    ]
    private static let localHosts = [
        "localhost", "LOCALHOST:4600", "localhost.", "shop.localhost", "127.0.0.1", "127.0.0.1:80", "10.1.2.3", "[::1]",
        "[::1]:4600", "sandbox", "sandbox:4600", "host.docker.internal",
    ]

    @Test("a foreign one is refused by the sandbox's own routes", arguments: foreignHosts)
    func foreign(host: String) async throws {
        try await withSandbox(.live) { sandbox in
            let reply = try await sandbox.raw(
                "GET /_sandbox/info HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
            )
            #expect(reply.hasPrefix("HTTP/1.1 421 "))
            #expect(reply.contains("host_not_allowed"))
        }
    }

    @Test("a local one is not", arguments: localHosts)
    func local(host: String) async throws {
        try await withSandbox(.live) { sandbox in
            let reply = try await sandbox.raw(
                "GET /_sandbox/none HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
            )
            #expect(reply.hasPrefix("HTTP/1.1 404 "))
        }
    }

    @Test("Instacart's API and the probes take any", arguments: ["/livez", "/readyz", "/v2/fulfillment/users/a/link"])
    func open(path: String) async throws {
        try await withSandbox(.live) { sandbox in
            let reply = try await sandbox.raw(
                "GET \(path) HTTP/1.1\r\nHost: connect.instacart.com\r\nConnection: close\r\n\r\n"
            )
            #expect(!reply.hasPrefix("HTTP/1.1 421 "))
        }
    }

    @Test("--allow-host adds one, as a person writes it", arguments: ["Sandbox.Example", "sandbox.example.:4600"])
    func allowed(name: String) async throws {
        let settings = try Settings(sources: [.flags([.allowHost: [name]])])
        try await withSandbox(.live, settings: settings) { sandbox in
            let reply = try await sandbox.raw(
                "GET /none HTTP/1.1\r\nHost: sandbox.example:80\r\nConnection: close\r\n\r\n"
            )
            #expect(reply.hasPrefix("HTTP/1.1 404 "))
        }
    }
}
