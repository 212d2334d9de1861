package import ConnectCore
import GRDB

/// What the sandbox's own API does to one retailer, past Instacart's rules.
///
/// Each verb is one transaction, and throws ``ControlRefusal`` where there is no such retailer.
package struct RetailerControl: Sendable {
    package let id: RetailerID
    let database: SandboxDatabase

    /// - Returns: The retailer as it is now.
    package func summary() async throws -> RetailerSummary {
        try await read { retailer, db in try database.summary(of: retailer.key, db) }
    }

    /// Deletes the retailer and all that it owns.
    package func delete() async throws {
        try await write { retailer, db in
            try db.execute(sql: "DELETE FROM retailer WHERE key = ?", arguments: [retailer.key])
        }
    }

    /// Reads everything as it is now.
    ///
    /// - Parameter withTokens: Whether codes and tokens are read too.
    /// - Returns: The state.
    /// - Throws: ``ControlRefusal``.
    package func state(withTokens: Bool) async throws -> RetailerState {
        try await read { retailer, db in try RetailerState(of: retailer.key, withTokens: withTokens, db) }
    }

    /// Puts a document in the place of all that the retailer owns.
    ///
    /// Where it leaves out the name or the applications, the retailer keeps its own. What it is reset to stays the
    /// document that it was created from.
    ///
    /// - Parameters:
    ///   - document: The new state.
    ///   - keepsTokens: Whether client-credentials tokens live on, where their applications do and the document holds
    ///     no tokens.
    /// - Throws: ``ControlRefusal``, and nothing has changed.
    package func replace(with document: StateDocument, keepsTokens: Bool) async throws {
        guard let state = document.retailers.first, document.retailers.count == 1 else {
            throw ControlRefusal.invalidDocument("the document must have one retailer, not \(document.retailers.count)")
        }
        guard state.id ?? id == id else {
            throw ControlRefusal.invalidDocument(
                "the document is of the retailer “\(state.id?.rawValue ?? "")”, not “\(id.rawValue)”"
            )
        }
        try await write { retailer, db in
            try HeldRetailer(retailer.key, database, db)
                .completing(state, keepsTokens: keepsTokens)
                .completed(in: database.environment)
                .fill(retailer.key, in: database.environment, startingClock: database.startingClock, db)
        }
    }

    /// Takes the retailer back to the document that it was created from.
    ///
    /// - Parameter keepsTokens: Whether client-credentials tokens live on, where their applications do.
    /// - Throws: ``ControlRefusal``, and nothing has changed.
    package func reset(keepsTokens: Bool) async throws {
        try await write { retailer, db in
            let held = try HeldRetailer(retailer.key, database, db)
            try database.reset(held, keepsTokens: keepsTokens, db)
        }
    }

    func read<Value: Sendable>(_ work: @Sendable (RetailerRecord, Database) throws -> Value) async throws -> Value {
        try await database.read { db in try work(retailer(db), db) }
    }

    func write<Value: Sendable>(_ work: @Sendable (RetailerRecord, Database) throws -> Value) async throws -> Value {
        try await database.write { db in try work(retailer(db), db) }
    }

    private func retailer(_ db: Database) throws -> RetailerRecord {
        guard let found = try RetailerRecord.find(id, db) else { throw ControlRefusal.retailerNotFound(id) }
        return found
    }
}

extension SandboxDatabase {
    /// What the sandbox's own API does to a retailer, there or not.
    package func control(of id: RetailerID) -> RetailerControl {
        RetailerControl(id: id, database: self)
    }
}
