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
    @discardableResult
    static func insert(_ application: Application, of retailer: Int64, _ db: Database) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO application (retailer, clientID, clientSecret, name, isEnabled, scopes)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                retailer, application.clientID.rawValue, application.clientSecret.rawValue, application.name,
                application.isEnabled, application.scopes.description,
            ]
        )
        let key = db.lastInsertedRowID
        for uri in application.redirectURIs {
            try register(uri, for: key, db)
        }
        return key
    }

    /// Adds a redirect URI that the application may already have.
    static func register(_ uri: RedirectURI, for application: Int64, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO redirectURI (application, uri) VALUES (?, ?)",
            arguments: [application, uri.rawValue]
        )
    }
}
