import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("Two on one file")
struct SharedFileTests {
    let world = TestEnvironment()

    /// Opens one file twice, as a server and a command beside it do.
    func withTwo(_ body: (SandboxDatabase, SandboxDatabase) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "sandbox.sqlite").path
            let first = try SandboxDatabase.open(path: path, environment: world.environment)
            try await first.loadMissing([StateDocument.demo()])
            let second = try SandboxDatabase.open(path: path, environment: world.environment)
            try await body(first, second)
            try first.close()
            try second.close()
        }
    }

    @Test("several that start together on a new file all open it")
    func startTogether() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "sandbox.sqlite").path
            let environment = world.environment
            let databases = try await withThrowingTaskGroup(of: SandboxDatabase.self) { group in
                for _ in 0..<8 {
                    group.addTask { try SandboxDatabase.open(path: path, environment: environment) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for database in databases {
                try await database.loadMissing([StateDocument.demo()])
                #expect(try await database.firstApplication()?.clientID == ClientID(rawValue: "demo-client"))
            }
            for database in databases { try database.close() }
        }
    }

    @Test("each sees what the other wrote")
    func seesTheOther() async throws {
        try await withTwo { first, second in
            let bearer = try await first.bearer()
            try await second.authorize(bearer)
            _ = try await second.newUser("anna")
            let token = try await second.linkingToken()
            _ = try await first.link("anna", with: token.value)

            #expect(try await second.status(of: "anna").isInstacartPlusMember)
            #expect(await refused { try await first.newUser("anna") }?.outcome == Outcome.CreateUser.userIDTaken)
            #expect(try await second.revoke(bearer.rawValue) == Outcome.RevokeAccessToken.success)
            #expect(await refused { try await first.authorize(bearer) }?.outcome == Outcome.Shared.revokedToken)
        }
    }

    @Test("both write 50 users of each kind at once, without an error and without an id twice")
    func concurrently() async throws {
        try await withTwo { first, second in
            let ids = try await withThrowingTaskGroup(of: [Int64].self, returning: [Int64].self) { group in
                for (name, database) in [("first", first), ("second", second)] {
                    group.addTask {
                        var ids: [Int64] = []
                        for number in 1...50 {
                            ids.append(try await database.newInstacartUser("\(name)-\(number)@example.com"))
                            _ = try await database.newUser("\(name)-\(number)")
                        }
                        return ids
                    }
                }
                var ids: [Int64] = []
                for try await part in group {
                    ids += part
                }
                return ids
            }

            #expect(ids.sorted() == Array(5...104))
            for name in ["first", "second"] {
                for number in 1...50 {
                    let statusAtFirst = await refused { try await first.status(of: "\(name)-\(number)") }
                    let statusAtSecond = await refused { try await second.status(of: "\(name)-\(number)") }
                    #expect(statusAtFirst?.outcome == Outcome.GetUserLink.userNotLinked)
                    #expect(statusAtSecond?.outcome == Outcome.GetUserLink.userNotLinked)
                }
            }
        }
    }

    @Test("a code is redeemed once, whoever redeems it")
    func code() async throws {
        try await withTwo { first, second in
            let code = try await first.code()
            let token = try await second.redeem(code)
            let replay = await refused { try await first.redeem(code) }
            let link = await refused { try await second.link("johnsmith6000", with: token.value) }

            #expect(replay?.outcome == Outcome.GenerateAccessToken.replayedCode)
            #expect(link?.outcome == Outcome.LinkUser.linkingTokenRevoked)
        }
    }

    @Test("a state that both load is there once")
    func loading() async throws {
        try await withTwo { first, second in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in [first, second] {
                    group.addTask { try await database.loadMissing([StateDocument.demo()]) }
                }
                try await group.waitForAll()
            }

            #expect(try await first.newInstacartUser("a@example.com") == 5)
            #expect(try await second.newInstacartUser("b@example.com") == 6)
        }
    }
}
