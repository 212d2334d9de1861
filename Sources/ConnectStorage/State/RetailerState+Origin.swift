import ConnectCore
import GRDB

/// The document that a retailer was created from, and is reset to: without codes and tokens, which a reset ends or
/// keeps.
extension RetailerState {
    /// Reads it.
    ///
    /// - Parameters:
    ///   - key: The number of the retailer's row.
    ///   - db: The database, in a transaction.
    /// - Throws: What SQLite reports.
    init(originOf key: Int64, _ db: Database) throws {
        let text = try Self.originText(of: key, db)
        try self.init(DocumentNode(parsing: text, source: "origin", authorizePath: nil))
    }

    static func originText(of key: Int64, _ db: Database) throws -> String {
        try String.fetchOne(db, sql: "SELECT origin FROM retailer WHERE key = ?", arguments: [key]) ?? ""
    }

    /// Makes it what the retailer is reset to.
    func keepAsOrigin(of key: Int64, _ db: Database) throws {
        var state = self
        state.tokens = nil
        try Self.keepAsOrigin(state.document.json(), of: key, db)
    }

    static func keepAsOrigin(_ text: String, of key: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE retailer SET origin = ? WHERE key = ?").execute(arguments: [text, key])
    }
}
