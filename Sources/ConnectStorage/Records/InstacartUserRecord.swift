import ConnectCore
import GRDB

/// An Instacart user's row.
struct InstacartUserRecord: Sendable {
    let key: Int64
    let passwordHash: PasswordHash?

    /// - Returns: The retailer's Instacart user with this e-mail address, but for case.
    static func find(email: String, of retailer: RetailerRecord, _ db: Database) throws -> InstacartUserRecord? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT key, passwordHash FROM instacartUser WHERE retailer = ? AND emailKey = ?"
            ),
            arguments: [retailer.key, email.lowercased().key]
        )
        .map { InstacartUserRecord(key: $0["key"], passwordHash: PasswordHash(rawValue: $0["passwordHash"])) }
    }

    /// - Returns: The row's number; nil where the retailer has no Instacart user with this id.
    static func key(of id: InstacartUserID, of retailer: RetailerRecord, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT key FROM instacartUser WHERE retailer = ? AND id = ?"),
            arguments: [retailer.key, id.rawValue]
        )
    }

    /// - Returns: The row's number; nil where the retailer has an Instacart user with this e-mail address.
    static func insert(_ user: InstacartUser, of retailer: Int64, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO instacartUser (retailer, id, email, emailKey, phone, passwordHash, isMember,
                    membershipExpiresAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (retailer, emailKey) DO NOTHING
                """
        )
        try statement.execute(
            arguments: [
                retailer, user.id.rawValue, user.email.rawValue, user.email.comparisonKey, user.phone,
                user.passwordHash.rawValue, user.membership.isMember,
                user.membership.expiresAt?.millisecondsSinceEpoch,
            ]
        )
        return db.changesCount == 0 ? nil : db.lastInsertedRowID
    }
}

extension Membership {
    /// Reads `isMember` and `membershipExpiresAt`.
    init(_ row: Row) {
        self.init(
            isMember: row["isMember"],
            expiresAt: (row["membershipExpiresAt"] as Int64?).map(Instant.init(millisecondsSinceEpoch:))
        )
    }
}
