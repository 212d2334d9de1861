import ConnectCore
import GRDB

/// A retailer that the database holds, on the point of being replaced: what of it may outlive that.
struct HeldRetailer: Sendable {
    let key: Int64
    let id: RetailerID
    /// The document that it was created from.
    let origin: RetailerState
    private let name: String?
    private let applications: [RetailerState.ApplicationState]?
    private let clientTokens: [RetailerState.IssuedToken]

    init(_ key: Int64, _ environment: SandboxEnvironment, _ db: Database) throws {
        let current = try RetailerState(of: key, withTokens: true, db)
        guard let id = current.id else { preconditionFailure("a retailer has no id") }
        self.key = key
        self.id = id
        origin = try RetailerState(originOf: key, db)
        name = current.name
        applications = current.applications
        clientTokens = (current.tokens?.accessTokens ?? []).filter {
            $0.token.subject == .application && $0.code == nil
        }
    }

    /// A state with what it leaves to the retailer: its name, its applications, and, unless the state holds tokens of
    /// its own, the client-credentials tokens of those that stay, so that an application under test keeps its own.
    func completing(_ state: RetailerState, keepsTokens: Bool) -> RetailerState {
        var state = state
        state.id = id
        state.name = state.name ?? name
        state.applications = state.applications ?? applications
        if keepsTokens, state.tokens == nil {
            let staying = Set((state.applications ?? []).compactMap(\.clientID))
            state.tokens = RetailerState.TokenState(
                accessTokens: clientTokens.filter { staying.contains($0.token.clientID) }
            )
        }
        return state
    }
}

extension RetailerState {
    /// Reads the document that a retailer was created from.
    ///
    /// - Parameters:
    ///   - key: The number of the retailer's row.
    ///   - db: The database, in a transaction.
    /// - Throws: What SQLite reports.
    init(originOf key: Int64, _ db: Database) throws {
        let text = try String.fetchOne(db, sql: "SELECT origin FROM retailer WHERE key = ?", arguments: [key]) ?? ""
        guard let state = try StateDocument(parsing: text, source: "origin").retailers.first else {
            preconditionFailure("a retailer has no origin")
        }
        self = state
    }

    /// Makes it what the retailer is reset to.
    func keepAsOrigin(of key: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE retailer SET origin = ? WHERE key = ?")
            .execute(arguments: [try document.json(), key])
    }
}
