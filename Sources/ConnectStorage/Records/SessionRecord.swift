import ConnectCore
import GRDB

/// A browser session's row.
struct SessionRecord: Sendable {
    /// How long a session lasts, in seconds by the retailer's clock.
    static let lifetime: Int64 = 86_400

    let session: BrowserSession
    let instacartUser: Int64?

    /// - Returns: The session, where it is the retailer's and not expired.
    static func find(
        _ value: String?,
        of retailer: RetailerRecord,
        at now: Instant,
        _ db: Database
    ) throws -> SessionRecord? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT * FROM browserSession WHERE value = ? AND retailer = ? AND expiresAt > ?"
            ),
            arguments: [value?.key, retailer.key, now.millisecondsSinceEpoch]
        )
        .map { row in
            SessionRecord(
                session: BrowserSession(value: row["value"], antiForgeryToken: row["antiForgeryToken"]),
                instacartUser: row["instacartUser"]
            )
        }
    }

    /// How many sessions a retailer has at most: a clock that stands still lets none expire.
    private static let limit = 1000

    /// Saves a session, and forgets those of the retailer that have expired or are too many, signed-in ones last.
    static func insert(
        _ session: BrowserSession,
        of retailer: RetailerRecord,
        instacartUser: Int64?,
        at now: Instant,
        _ db: Database
    ) throws {
        try db.execute(
            sql: "DELETE FROM browserSession WHERE retailer = ? AND expiresAt <= ?",
            arguments: [retailer.key, now.millisecondsSinceEpoch]
        )
        try db.execute(
            sql: """
                DELETE FROM browserSession WHERE value IN (
                    SELECT value FROM browserSession WHERE retailer = ?
                    ORDER BY instacartUser IS NULL, expiresAt DESC LIMIT -1 OFFSET ?
                )
                """,
            arguments: [retailer.key, limit - 1]
        )
        try db.execute(
            sql: """
                INSERT INTO browserSession (value, retailer, instacartUser, antiForgeryToken, expiresAt)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                session.value, retailer.key, instacartUser, session.antiForgeryToken,
                now.adding(seconds: lifetime).millisecondsSinceEpoch,
            ]
        )
    }

    static func delete(_ value: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM browserSession WHERE value = ?", arguments: [value])
    }

    /// Makes a form that was sent good for nothing more.
    static func replaceAntiForgeryToken(of value: String, with token: String, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE browserSession SET antiForgeryToken = ? WHERE value = ?",
            arguments: [token, value]
        )
    }
}
