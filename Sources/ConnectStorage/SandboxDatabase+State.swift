import ConnectCore
import GRDB

extension SandboxDatabase {
    /// Loads the retailers that the database does not hold, all or none.
    ///
    /// One without an id is known by its `client_id`s.
    ///
    /// - Parameter documents: What to load.
    /// - Throws: ``ControlRefusal`` where a `client_id` is in use already, or an id is given twice.
    package func loadMissing(_ documents: [StateDocument]) async throws {
        let states = documents.flatMap(\.retailers)
        let ids = states.compactMap(\.id)
        if let repeated = ids.enumerated().first(where: { ids.prefix($0.offset).contains($0.element) }) {
            throw ControlRefusal.invalidDocument("the retailer “\(repeated.element.rawValue)” is given twice")
        }
        try await write { db in
            try markAsUsed(db)
            let missing = try states.filter { try !isHeld($0, db) }
            for state in missing {
                do {
                    try insert(state, db)
                } catch let refusal as ControlRefusal {
                    let name = state.id.map { "the retailer “\($0.rawValue)”" } ?? "a retailer"
                    throw ControlRefusal(
                        kind: refusal.kind,
                        code: refusal.code,
                        description: "\(name) cannot be loaded: \(refusal.description)"
                    )
                }
            }
        }
    }

    /// Loads what a database begins with, unless it held something before: what was deleted stays so.
    ///
    /// - Parameter document: What to load.
    /// - Throws: What SQLite reports.
    package func loadIfNew(_ document: StateDocument) async throws {
        try await write { db in
            let isNew = try Int.fetchOne(db, sql: "PRAGMA user_version") == 0 && RetailerRecord.keys(db).isEmpty
            try markAsUsed(db)
            guard isNew else { return }
            for state in document.retailers { try insert(state, db) }
        }
    }

    /// Reads everything as it is now.
    ///
    /// - Parameter withTokens: Whether codes and tokens are read too.
    /// - Returns: The retailers, in the order in which they were created.
    /// - Throws: What SQLite reports.
    package func state(withTokens: Bool) async throws -> [RetailerState] {
        try await read { db in
            try RetailerRecord.keys(db).map { try RetailerState(of: $0, withTokens: withTokens, db) }
        }
    }

    /// Puts a document in the place of everything: retailers that it does not have are gone.
    ///
    /// What a retailer is reset to stays what it was, where there is one with its id.
    ///
    /// - Parameters:
    ///   - document: The new state.
    ///   - keepsTokens: Whether client-credentials tokens live on, where their applications do.
    /// - Throws: ``ControlRefusal``, and nothing has changed.
    package func replaceAll(with document: StateDocument, keepsTokens: Bool) async throws {
        try await write { db in
            var held: [RetailerID: (retailer: HeldRetailer, origin: String)] = [:]
            for key in try RetailerRecord.keys(db) {
                let retailer = try HeldRetailer(key, self, db)
                held[retailer.id] = (retailer, try RetailerState.originText(of: key, db))
            }
            try db.execute(sql: "DELETE FROM retailer")
            for state in document.retailers {
                let old = state.id.flatMap { held[$0] }
                let key = try insert(old?.retailer.completing(state, keepsTokens: keepsTokens) ?? state, db)
                if let old { try RetailerState.keepAsOrigin(old.origin, of: key, db) }
            }
        }
    }

    /// Takes every retailer back to the document that it was created from.
    ///
    /// - Parameter keepsTokens: Whether client-credentials tokens live on, where their applications do.
    /// - Throws: ``ControlRefusal``, and nothing has changed.
    package func resetAll(keepsTokens: Bool) async throws {
        try await write { db in
            // All are emptied first: what one gave away, another may need back.
            let held = try RetailerRecord.keys(db).map { try HeldRetailer($0, self, db) }
            try db.execute(sql: "DELETE FROM application")
            for retailer in held { try reset(retailer, keepsTokens: keepsTokens, db) }
        }
    }

    /// Notes that something was loaded into the database, whatever becomes of it.
    private func markAsUsed(_ db: Database) throws {
        try db.execute(sql: "PRAGMA user_version = 1")
    }

    private func isHeld(_ state: RetailerState, _ db: Database) throws -> Bool {
        if let id = state.id { return try RetailerRecord.find(id, db) != nil }
        return try (state.applications ?? []).compactMap(\.clientID).contains {
            try ApplicationRecord.find($0, db) != nil
        }
    }

    /// Makes a retailer, and keeps the document that it is made from.
    ///
    /// - Returns: The number of its row.
    /// - Throws: ``ControlRefusal`` where its id or a `client_id` is in use.
    @discardableResult
    func insert(_ state: RetailerState, _ db: Database) throws -> Int64 {
        let completed = state.completed(in: environment)
        guard let id = completed.id else { preconditionFailure("a state was not completed") }
        guard try RetailerRecord.find(id, db) == nil else { throw ControlRefusal.retailerIDTaken(id) }
        let key = try RetailerRecord.insert(id, db)
        try completed.fill(key, in: environment, startingClock: startingClock, db)
        try completed.keepAsOrigin(of: key, db)
        return key
    }

    func reset(_ retailer: HeldRetailer, keepsTokens: Bool, _ db: Database) throws {
        try retailer.completing(RetailerState(originOf: retailer.key, db), keepsTokens: keepsTokens)
            .fill(retailer.key, in: environment, startingClock: startingClock, db)
    }
}
