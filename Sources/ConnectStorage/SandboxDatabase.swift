package import ConnectCore
import GRDB

/// Everything that retailers own, in one SQLite database, on disk or in memory.
///
/// Each verb is one transaction: it reads what a pure rule of ConnectCore needs, lets the rule decide, and applies the
/// decision. A ``Refusal`` thrown inside rolls back, so a refused request changes nothing.
package struct SandboxDatabase: Sendable {
    let queue: DatabaseQueue
    /// The time and the randomness of everything in it.
    package let environment: SandboxEnvironment
    /// What is chosen where Instacart's pages leave a choice.
    package let choices: Choices
    /// The clock of a retailer whose document names none.
    let startingClock: RetailerClock

    /// Answers only while the database does.
    ///
    /// - Throws: ``Outcome/Shared/unavailable`` as a ``Refusal``, or whatever else SQLite reports.
    package func ping() async throws {
        try await read { db in
            _ = try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM retailer"))
        }
    }

    /// Ends all work and closes the file.
    ///
    /// What comes after fails.
    ///
    /// - Throws: What SQLite reports.
    package func close() throws {
        try queue.close()
    }

    /// Reads in one transaction.
    ///
    /// GRDB's own `read` toggles `PRAGMA query_only`, which makes SQLite forget every compiled statement; a plain
    /// deferred transaction answers ten times as many requests.
    func read<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) async throws -> Value {
        try await transaction(.deferred, work)
    }

    func write<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) async throws -> Value {
        try await transaction(.immediate, work)
    }

    private func transaction<Value: Sendable>(
        _ kind: Database.TransactionKind,
        _ work: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await translatingUnavailability {
            try await queue.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction(kind) {
                    value = try work(db)
                    return .commit
                }
                guard let value else { preconditionFailure("a committed transaction has no value") }
                return value
            }
        }
    }

    private func translatingUnavailability<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                throw Refusal(Outcome.Shared.unavailable, "The database is locked by another process.")
            case .SQLITE_FULL:
                throw Refusal(Outcome.Shared.unavailable, "The disk that holds the database is full.")
            case .SQLITE_READONLY:
                throw Refusal(Outcome.Shared.unavailable, "The database cannot be written to.")
            default:
                throw error
            }
        }
    }
}
