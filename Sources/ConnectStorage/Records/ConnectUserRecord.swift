import ConnectCore
import GRDB

/// A Connect user's row.
struct ConnectUserRecord: Sendable {
    let key: Int64
    let user: ConnectUser

    static func find(_ userID: UserID, of retailer: RetailerRecord, _ db: Database) throws -> ConnectUserRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM connectUser WHERE retailer = ? AND userID = ?"),
            arguments: [retailer.key, userID.rawValue.key]
        )
        .map(ConnectUserRecord.init)
    }

    /// All of a retailer with their links, in the order in which they were created.
    static func all(of retailer: Int64, _ db: Database) throws -> [RetailerState.ConnectUserState] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT connectUser.*, instacartUser.id AS linkedTo
                FROM connectUser
                LEFT JOIN link ON link.connectUser = connectUser.key
                LEFT JOIN instacartUser ON instacartUser.key = link.instacartUser
                WHERE connectUser.retailer = ? ORDER BY connectUser.key
                """,
            arguments: [retailer]
        )
        .map { row in
            RetailerState.ConnectUserState(
                user: ConnectUserRecord(row).user,
                linkedTo: (row["linkedTo"] as Int64?).map(InstacartUserID.init(rawValue:))
            )
        }
    }

    /// Makes the row say the same as a user; its `user_id` stays.
    func update(to user: ConnectUser, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE connectUser SET firstName = ?, lastName = ?, phoneNumber = ?, locale = ?, isActive = ?
                WHERE key = ?
                """,
            arguments: [user.firstName, user.lastName, user.phoneNumber, user.locale, user.isActive, key]
        )
    }

    init(_ row: Row) {
        key = row["key"]
        user = ConnectUser(
            userID: UserID(rawValue: row["userID"]),
            firstName: row["firstName"],
            lastName: row["lastName"],
            phoneNumber: row["phoneNumber"],
            locale: row["locale"],
            isActive: row["isActive"]
        )
    }

    /// - Returns: The row's number; nil where the retailer has a user with this `user_id`.
    static func insert(_ user: ConnectUser, of retailer: Int64, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO connectUser (retailer, userID, firstName, lastName, phoneNumber, locale, isActive)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (retailer, userID) DO NOTHING
                """
        )
        try statement.execute(
            arguments: [
                retailer, user.userID.rawValue, user.firstName, user.lastName, user.phoneNumber, user.locale,
                user.isActive,
            ]
        )
        return db.changesCount == 0 ? nil : db.lastInsertedRowID
    }
}
