package import ConnectCore
import GRDB

/// A retailer as the sandbox's own API shows it.
package struct RetailerSummary: Equatable, Sendable {
    package let id: RetailerID
    package let name: String
    package let clock: ClockReading
    package let clientIDs: [ClientID]
    package let connectUsers: Int
    package let instacartUsers: Int
    package let links: Int
}

extension SandboxDatabase {
    /// Makes a retailer.
    ///
    /// - Parameter document: What it is to own; one with nothing in it is made up where there is no document.
    /// - Returns: Its id and its first application, which is made up where the document has none.
    /// - Throws: ``ControlRefusal`` where its id or a `client_id` is in use, or the document has several retailers.
    package func createRetailer(_ document: StateDocument?) async throws -> (id: RetailerID, application: Application) {
        let states = document?.retailers ?? [RetailerState()]
        guard var state = states.first, states.count == 1 else {
            throw ControlRefusal.invalidDocument("the document must have one retailer, not \(states.count)")
        }
        if state.applications?.isEmpty != false { state.applications = [RetailerState.madeUpApplication] }
        return try await write { [state] db in
            let key = try insert(state, db)
            let created = try RetailerState(of: key, withTokens: false, db)
            guard let id = created.id, let application = created.applications?.first?.application else {
                preconditionFailure("a retailer was created without an application")
            }
            return (id, application)
        }
    }

    /// Every retailer, in the order in which they were created.
    ///
    /// - Returns: The retailers.
    /// - Throws: What SQLite reports.
    package func retailers() async throws -> [RetailerSummary] {
        try await read { db in try RetailerRecord.keys(db).map { try summary(of: $0, db) } }
    }

    /// - Returns: How many retailers there are.
    /// - Throws: What SQLite reports.
    package func retailerCount() async throws -> Int {
        try await read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM retailer") ?? 0 }
    }

    func summary(of key: Int64, _ db: Database) throws -> RetailerSummary {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, name, clockOffset, clockFrozenAt,
                    (SELECT count(*) FROM connectUser WHERE retailer = retailer.key) AS connectUsers,
                    (SELECT count(*) FROM instacartUser WHERE retailer = retailer.key) AS instacartUsers,
                    (SELECT count(*) FROM link JOIN connectUser ON connectUser.key = link.connectUser
                        WHERE connectUser.retailer = retailer.key) AS links
                FROM retailer WHERE key = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [key]) else {
            preconditionFailure("a retailer is gone within a transaction")
        }
        let clock = RetailerClock(row)
        return RetailerSummary(
            id: RetailerID(rawValue: row["id"]),
            name: row["name"],
            clock: ClockReading(now: clock.now(at: environment.now()), isFrozen: clock.isFrozen),
            clientIDs: try ApplicationRecord.all(of: key, db).map(\.application.clientID),
            connectUsers: row["connectUsers"],
            instacartUsers: row["instacartUsers"],
            links: row["links"]
        )
    }
}
