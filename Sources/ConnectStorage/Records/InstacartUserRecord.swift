import ConnectCore
import GRDB

/// An Instacart user's row.
struct InstacartUserRecord: Sendable {
    let key: Int64
    let user: InstacartUser

    private static let selection = "SELECT * FROM instacartUser"

    /// - Returns: The retailer's Instacart user with this e-mail address, but for case.
    static func find(email: String, of retailer: RetailerRecord, _ db: Database) throws -> InstacartUserRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: selection + " WHERE retailer = ? AND emailKey = ?"),
            arguments: [retailer.key, email.lowercased().key]
        )
        .map(InstacartUserRecord.init)
    }

    static func find(
        _ id: InstacartUserID,
        of retailer: RetailerRecord,
        _ db: Database
    ) throws -> InstacartUserRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: selection + " WHERE retailer = ? AND id = ?"),
            arguments: [retailer.key, id.rawValue]
        )
        .map(InstacartUserRecord.init)
    }

    static func find(key: Int64, _ db: Database) throws -> InstacartUserRecord? {
        try Row.fetchOne(db.cachedStatement(sql: selection + " WHERE key = ?"), arguments: [key])
            .map(InstacartUserRecord.init)
    }

    private init(_ row: Row) {
        key = row["key"]
        user = InstacartUser(row)
    }

    /// All of a retailer, by their ids.
    static func all(of retailer: Int64, _ db: Database) throws -> [InstacartUser] {
        try Row.fetchAll(db, sql: selection + " WHERE retailer = ? ORDER BY id", arguments: [retailer])
            .map(InstacartUser.init)
    }

    /// The id of the retailer's next Instacart user.
    static func nextID(of retailer: Int64, _ db: Database) throws -> InstacartUserID {
        let statement = try db.cachedStatement(sql: "SELECT nextInstacartUserID FROM retailer WHERE key = ?")
        guard let id = try Int64.fetchOne(statement, arguments: [retailer]) else {
            preconditionFailure("a retailer is gone within a transaction")
        }
        return InstacartUserID(rawValue: id)
    }

    static func setNextID(_ id: Int64, of retailer: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE retailer SET nextInstacartUserID = ? WHERE key = ?")
            .execute(arguments: [id, retailer])
    }

    static func setMembership(_ membership: Membership, of key: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE instacartUser SET isMember = ?, membershipExpiresAt = ? WHERE key = ?",
            arguments: [membership.isMember, membership.expiresAt?.millisecondsSinceEpoch, key]
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

extension InstacartUser {
    /// Reads a whole row.
    fileprivate init(_ row: Row) {
        guard
            let email = EmailAddress(rawValue: row["email"]),
            let passwordHash = PasswordHash(rawValue: row["passwordHash"])
        else { preconditionFailure("an Instacart user was stored unchecked") }
        self.init(
            id: InstacartUserID(rawValue: row["id"]),
            email: email,
            phone: row["phone"],
            passwordHash: passwordHash,
            membership: Membership(row)
        )
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
