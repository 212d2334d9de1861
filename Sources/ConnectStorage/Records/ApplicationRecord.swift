import ConnectCore
import GRDB

/// An application's row with its redirect URIs and its retailer.
struct ApplicationRecord: Sendable {
    let key: Int64
    let retailer: RetailerRecord
    let application: Application

    private static let selection = """
        SELECT application.*, retailer.clockOffset, retailer.clockFrozenAt
        FROM application JOIN retailer ON retailer.key = application.retailer
        """
    private static let byClientID = selection + " WHERE application.clientID = ?"
    private static let byKey = selection + " WHERE application.key = ?"

    static func find(_ clientID: ClientID, _ db: Database) throws -> ApplicationRecord? {
        try Row.fetchOne(db.cachedStatement(sql: byClientID), arguments: [clientID.rawValue.key])
            .map { try ApplicationRecord($0, db) }
    }

    static func find(key: Int64, _ db: Database) throws -> ApplicationRecord? {
        try Row.fetchOne(db.cachedStatement(sql: byKey), arguments: [key]).map { try ApplicationRecord($0, db) }
    }

    /// All of a retailer, in the order in which they were created.
    static func all(of retailer: Int64, _ db: Database) throws -> [ApplicationRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: selection + " WHERE application.retailer = ? ORDER BY application.key"),
            arguments: [retailer]
        )
        .map { try ApplicationRecord($0, db) }
    }

    private init(_ row: Row, _ db: Database) throws {
        key = row["key"]
        retailer = RetailerRecord(key: row["retailer"], clock: RetailerClock(row))
        let redirectURIs = try String.fetchAll(
            db.cachedStatement(sql: "SELECT uri FROM redirectURI WHERE application = ? ORDER BY rowid"),
            arguments: [key]
        )
        application = Application(
            clientID: ClientID(rawValue: row["clientID"]),
            clientSecret: ClientSecret(rawValue: row["clientSecret"]),
            name: row["name"],
            isEnabled: row["isEnabled"],
            scopes: ScopeList(stored: row["scopes"]),
            redirectURIs: redirectURIs.compactMap(RedirectURI.init(rawValue:))
        )
    }
}

extension ApplicationRecord {
    /// - Returns: The row's number.
    /// - Throws: ``ControlRefusal`` where another application has the `client_id`.
    @discardableResult
    static func insert(_ application: Application, of retailer: Int64, _ db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO application (retailer, clientID, clientSecret, name, isEnabled, scopes)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (clientID) DO NOTHING
                """
        )
        .execute(
            arguments: [
                retailer, application.clientID.rawValue, application.clientSecret.rawValue, application.name,
                application.isEnabled, application.scopes.description,
            ]
        )
        guard db.changesCount == 1 else { throw ControlRefusal.clientIDTaken(application.clientID) }
        let key = db.lastInsertedRowID
        for uri in application.redirectURIs {
            try register(uri, for: key, db)
        }
        return key
    }

    /// Makes the row say the same as an application; its `client_id` stays.
    func update(to application: Application, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE application SET clientSecret = ?, name = ?, isEnabled = ?, scopes = ? WHERE key = ?",
            arguments: [
                application.clientSecret.rawValue, application.name, application.isEnabled,
                application.scopes.description, key,
            ]
        )
        try db.execute(sql: "DELETE FROM redirectURI WHERE application = ?", arguments: [key])
        for uri in application.redirectURIs { try Self.register(uri, for: key, db) }
    }

    /// Adds a redirect URI that the application may already have.
    static func register(_ uri: RedirectURI, for application: Int64, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO redirectURI (application, uri) VALUES (?, ?)",
            arguments: [application, uri.rawValue]
        )
    }
}
