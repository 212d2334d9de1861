import ConnectCore
import ConnectStorage
import Foundation
import GRDB
import TestSupport
import Testing

/// Another process is played by a connection that holds the file's write lock.
@Suite("A file that another process holds")
struct LockedFileTests {
    let world = TestEnvironment()

    @Test("opening it ends after five seconds with a sentence that names it")
    func opening() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "sandbox.sqlite").path
            try SandboxDatabase.open(path: path, environment: world.environment).close()
            let holder = try holder(of: path, "BEGIN EXCLUSIVE")
            let start = ContinuousClock.now
            let error = #expect(throws: DatabaseOpenError.self) {
                try SandboxDatabase.open(path: path, environment: world.environment)
            }
            #expect(start.duration(to: .now) < .seconds(20))
            #expect(
                error?.description == "the database \(path) cannot be opened for writing: database is locked"
            )
            try holder.close()
        }
    }

    @Test("a verb that writes to it is refused as unavailable, and works again afterwards")
    func verbs() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "sandbox.sqlite").path
            let database = try SandboxDatabase.open(path: path, environment: world.environment)
            try await database.loadMissing([StateDocument.demo()])
            let bearer = try await database.bearer()
            let holder = try holder(of: path, "BEGIN IMMEDIATE")
            let refusal = await refused { try await database.requestDeletion(of: "johnsmith6000") }
            #expect(refusal?.outcome == Outcome.Shared.unavailable)
            try await database.authorize(bearer)
            try holder.close()
            try await database.requestDeletion(of: "johnsmith6000")
            try database.close()
        }
    }

    private func holder(of path: String, _ lock: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in try db.execute(sql: lock) }
        return queue
    }
}
