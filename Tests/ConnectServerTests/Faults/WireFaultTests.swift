import ConnectCore
import ConnectServer
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("A broken connection, over a real socket", .timeLimit(.minutes(10)))
struct WireFaultTests {
    /// Armed for the retailer, or asked for by the request itself.
    enum Way: String, CaseIterable, Sendable {
        case rule
        case header
    }

    @Test("is reset: nothing comes but the reset, and the request is not carried out", arguments: Way.allCases)
    func reset(way: Way) async throws {
        try await withSandbox(.live) { sandbox in
            let ending = try await Self.createUser(sandbox, way, "reset")
            #expect(ending.text.isEmpty)
            #expect(ending.isReset)
            let status = try await Self.statusOfUser(sandbox)
            #expect(status == "get_user_link.user_not_found")
        }
    }

    @Test("is empty: closed in order without a byte, and the request is not carried out", arguments: Way.allCases)
    func empty(way: Way) async throws {
        try await withSandbox(.live) { sandbox in
            let ending = try await Self.createUser(sandbox, way, "empty")
            #expect(ending.text.isEmpty)
            #expect(!ending.isReset)
            let status = try await Self.statusOfUser(sandbox)
            #expect(status == "get_user_link.user_not_found")
        }
    }

    @Test("is truncated: half of what the length announces, of a request that is carried out", arguments: Way.allCases)
    func truncated(way: Way) async throws {
        try await withSandbox(.live) { sandbox in
            let ending = try await Self.createUser(sandbox, way, "truncated")
            let reply = try #require(RawReply(ending.text))
            #expect(reply.status == 200)
            #expect(reply.headers["x-sandbox-fault-hit"] != nil)
            let whole = #"{"first_name":"Ann","user_id":"new-customer"}"#
            #expect(reply.headers["content-length"] == "\(whole.utf8.count)")
            #expect(!reply.body.isEmpty)
            #expect(reply.body.utf8.count < whole.utf8.count)
            #expect(whole.hasPrefix(reply.body))
            let status = try await Self.statusOfUser(sandbox)
            #expect(status == "get_user_link.user_not_linked")
        }
    }

    @Test("is malformed: no JSON, at its full length, of a request that is carried out", arguments: Way.allCases)
    func malformed(way: Way) async throws {
        try await withSandbox(.live) { sandbox in
            let ending = try await Self.createUser(sandbox, way, "malformed")
            let reply = try #require(RawReply(ending.text))
            #expect(reply.status == 200)
            #expect(reply.headers["x-sandbox-fault-hit"] != nil)
            #expect(reply.headers["content-type"]?.hasPrefix("application/json") == true)
            #expect(reply.headers["content-length"] == "\(reply.body.utf8.count)")
            #expect(!reply.body.isEmpty)
            #expect(throws: (any Error).self) { try JSONValue(parsing: Data(reply.body.utf8)) }
            let status = try await Self.statusOfUser(sandbox)
            #expect(status == "get_user_link.user_not_linked")
        }
    }

    @Test("may come after a while", arguments: WireFault.allCases)
    func late(wire: WireFault) async throws {
        try await withSandbox(.live) { sandbox in
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            try await sandbox.arm(["wire": .string(wire.rawValue), "latency": ["fixed": 60]])
            let clock = ContinuousClock()
            let start = clock.now
            let ending = try await sandbox.connect(request)
            #expect(start.duration(to: clock.now) >= .milliseconds(60))
            #expect(ending.isReset == (wire == .reset))
            #expect(ending.text.isEmpty == [.reset, .empty].contains(wire))
        }
    }

    @Test("ends one connection only: others, and the next, are served", arguments: WireFault.allCases)
    func others(wire: WireFault) async throws {
        try await withSandbox(.live) { sandbox in
            // The sandbox's client keeps its one connection throughout.
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            try await sandbox.arm(["wire": .string(wire.rawValue), "times": 3])
            for _ in 0..<3 {
                _ = try await sandbox.connect(request)
                let alive = try await sandbox.send(.get, "/livez")
                #expect(alive.status == 200)
            }
            let next = try #require(RawReply(try await sandbox.connect(request).text))
            #expect(next.status == 200)
            #expect(next.headers["x-sandbox-fault-hit"] == nil)
            let faults = try await sandbox.faults()
            #expect(faults.map { $0["hits"] } == [3])
        }
    }

    @Test("ends a connection that was kept alive, after the answers that are due on it")
    func keptAlive() async throws {
        try await withSandbox(.live) { sandbox in
            let request = try await EndpointRequest.ready(.getUserLink, in: sandbox)
            try await sandbox.arm(["endpoint": "get_user_link", "wire": "empty", "nth": 2])
            let bearer = request.bearer ?? ""
            let head = "GET \(request.path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(bearer)\r\n\r\n"
            let ending = try await rawConnection(Array((head + head + head).utf8), port: sandbox.port)
            let reply = try #require(RawReply(ending.text))
            #expect(reply.status == 200)
            #expect(ending.text.matches(of: #/HTTP/1\.1 /#).count == 1)
        }
    }

    @Test("at the token endpoint loses the token that was made, as a lost answer does")
    func lostToken() async throws {
        try await withSandbox(.live) { sandbox in
            let code = try await sandbox.code()
            let body =
                "grant_type=authorization_code&client_id=demo-client&client_secret=demo-secret&code=\(code)"
                + "&redirect_uri=\(formEncoded("https://example.org/account/profile"))"
            let bytes = rawRequest(
                "POST",
                "/v2/oauth/token",
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: body
            )
            try await sandbox.arm(["endpoint": "generate_access_token", "wire": "truncated"])
            let lost = try #require(RawReply(try await rawConnection(bytes, port: sandbox.port).text))
            #expect(lost.status == 200)
            #expect(throws: (any Error).self) { try JSONValue(parsing: Data(lost.body.utf8)) }
            let again = try #require(RawReply(try await rawConnection(bytes, port: sandbox.port).text))
            #expect(again.headers["x-sandbox-outcome"] == "generate_access_token.invalid_grant_replayed")
        }
    }

    /// Creates a Connect user whose request meets a fault, over a socket of its own.
    private static func createUser(_ sandbox: Sandbox, _ way: Way, _ wire: String) async throws -> RawEnding {
        let request = try await EndpointRequest.ready(.createUser, in: sandbox)
        if way == .rule { try await sandbox.arm(["endpoint": "create_user", "wire": .string(wire)]) }
        return try await sandbox.connect(request, headers: way == .header ? [("X-Sandbox-Fault", wire)] : [])
    }

    private static func statusOfUser(_ sandbox: Sandbox) async throws -> String? {
        try await sandbox.linkStatus("new-customer", bearer: sandbox.fulfillmentToken()).outcome
    }
}
