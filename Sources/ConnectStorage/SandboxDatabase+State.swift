package import ConnectCore
import GRDB

/// Why a state document could not be loaded, though it is well-formed by itself.
package struct StateConflict: Error, Equatable, CustomStringConvertible {
    package let description: String
}

extension SandboxDatabase {
    /// Loads the retailers that the database does not hold, all or none.
    ///
    /// One without an id is known by its `client_id`s.
    ///
    /// - Parameter documents: What to load.
    /// - Throws: ``StateConflict`` where a `client_id` is in use already, or an id is given twice.
    package func loadMissing(_ documents: [StateDocument]) async throws {
        let states = documents.flatMap(\.retailers)
        let ids = states.compactMap(\.id)
        if let repeated = ids.enumerated().first(where: { ids.prefix($0.offset).contains($0.element) }) {
            throw StateConflict(description: "the retailer “\(repeated.element.rawValue)” is given twice")
        }
        try await write { db in
            let missing = try states.filter { try !isHeld($0, db) }
            for state in missing { try insert(state, db) }
        }
    }

    private func isHeld(_ state: RetailerState, _ db: Database) throws -> Bool {
        if let id = state.id { return try retailerKey(id, db) != nil }
        return try state.applications.compactMap(\.clientID).contains { try ApplicationRecord.find($0, db) != nil }
    }

    /// What the demo application is given beyond the demo state.
    package struct DemoAdjustment: Equatable, Sendable {
        package var clientID: ClientID?
        package var clientSecret: ClientSecret?
        /// Registered beside those that it has.
        package var redirectURIs: [RedirectURI]

        package init(clientID: ClientID?, clientSecret: ClientSecret?, redirectURIs: [RedirectURI]) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.redirectURIs = redirectURIs
        }

        var isNone: Bool { clientID == nil && clientSecret == nil && redirectURIs.isEmpty }
    }

    /// Adjusts the first application of the retailer `demo`.
    ///
    /// - Parameter adjustment: What to change.
    /// - Throws: ``StateConflict`` where there is no such application, or another has the `client_id`.
    package func adjustDemo(_ adjustment: DemoAdjustment) async throws {
        guard !adjustment.isNone else { return }
        try await write { db in
            guard let demo = try firstApplication(of: .demo, db) else {
                throw StateConflict(description: "there is no application of a retailer “demo” to adjust")
            }
            let clientID = adjustment.clientID ?? demo.application.clientID
            if clientID != demo.application.clientID, try ApplicationRecord.find(clientID, db) != nil {
                throw StateConflict(description: "the client_id \(clientID.rawValue) is in use already")
            }
            let secret = adjustment.clientSecret ?? demo.application.clientSecret
            try db.execute(
                sql: "UPDATE application SET clientID = ?, clientSecret = ? WHERE key = ?",
                arguments: [clientID.rawValue, secret.rawValue, demo.key]
            )
            for uri in adjustment.redirectURIs {
                try ApplicationRecord.register(uri, for: demo.key, db)
            }
        }
    }

    /// The application that a newcomer is shown: the first of the retailer that was loaded first.
    ///
    /// - Returns: Nil where the database holds no application.
    /// - Throws: What SQLite reports.
    package func firstApplication() async throws -> Application? {
        try await read { db in
            let key = try Int64.fetchOne(db, sql: "SELECT min(key) FROM application")
            return try key.flatMap { try ApplicationRecord.find(key: $0, db)?.application }
        }
    }

    /// The first application of the retailer `demo`.
    ///
    /// - Returns: Nil where the database holds none.
    /// - Throws: What SQLite reports.
    package func demoApplication() async throws -> Application? {
        try await read { db in try firstApplication(of: .demo, db)?.application }
    }

    private func firstApplication(of retailer: RetailerID, _ db: Database) throws -> ApplicationRecord? {
        let key = try Int64.fetchOne(
            db,
            sql: """
                SELECT min(application.key) FROM application JOIN retailer ON retailer.key = application.retailer
                WHERE retailer.id = ?
                """,
            arguments: [retailer.rawValue]
        )
        return try key.flatMap { try ApplicationRecord.find(key: $0, db) }
    }

    private func retailerKey(_ id: RetailerID, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT key FROM retailer WHERE id = ?", arguments: [id.rawValue.key])
    }

    private func insert(_ state: RetailerState, _ db: Database) throws {
        let id = state.id ?? RetailerID(rawValue: environment.randomName())
        let realTime = environment.now()
        let clock = state.clock(at: realTime)
        let nextUserID = (state.instacartUsers.map(\.id.rawValue).max() ?? 0) + 1
        try db.execute(
            sql: """
                INSERT INTO retailer (id, name, clockOffset, clockFrozenAt, nextInstacartUserID)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                id.rawValue, state.name ?? id.rawValue, clock.storedOffset, clock.storedFrozenAt, nextUserID,
            ]
        )
        let retailer = db.lastInsertedRowID
        for application in state.applications {
            let resolved = application.resolved(in: environment, retailerName: state.name ?? id.rawValue)
            guard try ApplicationRecord.find(resolved.clientID, db) == nil else {
                throw StateConflict(
                    description:
                        "the client_id \(resolved.clientID.rawValue) of the retailer \(id.rawValue) is in use already"
                )
            }
            try ApplicationRecord.insert(resolved, of: retailer, db)
        }
        var instacartUserKeys: [InstacartUserID: Int64] = [:]
        let now = clock.now(at: realTime)
        for user in state.instacartUsers {
            instacartUserKeys[user.id] = try InstacartUserRecord.insert(
                user.resolved(at: now, in: environment),
                of: retailer,
                db
            )
        }
        for entry in state.connectUsers {
            let key = try ConnectUserRecord.insert(entry.user, of: retailer, db)
            if let key, let target = entry.linkedTo.flatMap({ instacartUserKeys[$0] }) {
                try LinkRecord.insert(connectUser: key, instacartUser: target, db)
            }
        }
    }
}

extension RetailerID {
    /// The retailer of the built-in demo state.
    package static let demo = RetailerID(rawValue: "demo")
}
