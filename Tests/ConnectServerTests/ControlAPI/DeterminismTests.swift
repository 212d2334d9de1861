import ConnectCore
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite("A seed")
struct DeterminismTests {
    @Test("gives the same answers byte for byte, whenever and however often the same is done")
    func same() async throws {
        let first = try await Self.answers(seed: 42, ahead: 0)
        let second = try await Self.answers(seed: 42, ahead: 123_456_789)
        #expect(first.count == second.count)
        for (one, other) in zip(first, second) {
            #expect(one.isIdentical(to: other))
        }
    }

    @Test("gives other codes and tokens than another seed, at the same time")
    func other() async throws {
        let first = try await Self.answers(seed: 42, ahead: 0)
        let second = try await Self.answers(seed: 43, ahead: 0)
        let tokens = first.joined(separator: "\n").matches(of: /[A-Za-z0-9_-]{43}/).map { String($0.output) }
        #expect(Set(tokens).count >= 8)
        let others = second.joined(separator: "\n")
        for token in tokens {
            #expect(!others.contains(token))
        }
        #expect(others.contains(#""created_at":1767225600"#))
    }

    @Test("stops the clocks of retailers that name none, and no other's")
    func clocks() async throws {
        try await withSeededSandbox(1, startingClock: .frozen(at: SandboxEnvironment.seededStart)) { sandbox in
            sandbox.environment.advance(seconds: 3600)
            let standing = try await sandbox.clock()
            #expect(standing == ["now": "2026-01-01T00:00:00Z", "frozen": true])
            _ = try await sandbox.createRetailer("{id: running, clock: {offset: PT1H}}")
            let running = try await sandbox.clock(of: "running")
            #expect(running == ["now": "2026-01-01T02:00:00Z", "frozen": false])
            try await sandbox.setClock(["frozen": false])
            sandbox.environment.advance(seconds: 60)
            let resumed = try await sandbox.clock()
            #expect(resumed == ["now": "2026-01-01T00:01:00Z", "frozen": false])
            try await sandbox.control(.post, "/retailers/demo/reset").succeeded()
            let reset = try await sandbox.clock()
            #expect(reset == standing)
        }
    }

    /// Everything that a linking loop is answered, and what the sandbox holds afterwards.
    private static func answers(seed: UInt64, ahead: Int64) async throws -> [String] {
        let answers = Mutex<[String]>([])
        try await withSeededSandbox(
            seed,
            ahead: ahead,
            startingClock: .frozen(at: SandboxEnvironment.seededStart)
        ) { sandbox in
            let created = try await sandbox.control(
                .post,
                "/retailers",
                yaml: "{instacart_users: [{}, {}], connect_users: [{user_id: ann}]}"
            ).succeeded()
            let empty = try await sandbox.control(.post, "/retailers").succeeded()
            let client = TestApplication(
                clientID: try created.string("client_id"),
                clientSecret: try created.string("client_secret")
            )
            let token = try await sandbox.token(["grant_type": "client_credentials"], of: client).succeeded()
            let bearer = try token.string("access_token")
            let instacartUser = try await sandbox.createInstacartUser(
                "new@example.com",
                isMember: true,
                bearer: bearer
            ).succeeded()
            let code = try await sandbox.code(instacartUser: 3, of: client)
            let exchange = try await sandbox.redeem(code, of: client).succeeded()
            let refreshed = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))],
                of: client
            ).succeeded()
            let linkingToken = JSONValue.string(try refreshed.string("access_token"))
            let link = try await sandbox.link("ann", linkingToken, bearer: bearer).succeeded()
            let status = try await sandbox.linkStatus("ann", bearer: bearer)
            let userToken = try await sandbox.userToken("ann", of: client)
            var visitor = Visitor(sandbox)
            let login = try await visitor.visit()
            let script = "&sandbox_user=member@example.com&sandbox_decision=allow"
            let consent = try await sandbox.send(.get, Visitor.path(to: .demo) + script)
            let location = try #require(consent.header("Location"))
            let session = try #require(login.header("Set-Cookie"))
            let rotated = try await sandbox.control(
                .patch,
                "/retailers/demo/applications/demo-client",
                json: ["client_secret": nil]
            ).succeeded()
            let clone = try await sandbox.control(.post, "/retailers/demo/applications/demo-client/clone").succeeded()
            let state = try await sandbox.wholeState()
            let list = try await sandbox.control(.get, "/retailers")
            let replies = [created, empty, token, instacartUser, exchange, refreshed, link, status, login]
            let later = [rotated, clone, list]
            let texts = replies.map(\.text) + [code, userToken, location, session] + later.map(\.text) + [state]
            answers.withLock { $0 = texts }
        }
        return answers.withLock { $0 }
    }
}
