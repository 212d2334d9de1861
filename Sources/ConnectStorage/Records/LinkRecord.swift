import ConnectCore
import GRDB

/// A link's row: one Connect user to one Instacart user.
enum LinkRecord {
    static func insert(connectUser: Int64, instacartUser: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO link (connectUser, instacartUser) VALUES (?, ?)")
            .execute(arguments: [connectUser, instacartUser])
    }

    static func delete(of connectUser: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM link WHERE connectUser = ?", arguments: [connectUser])
    }

    static func membership(linkedTo connectUser: Int64, _ db: Database) throws -> Membership? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT isMember, membershipExpiresAt
                    FROM link JOIN instacartUser ON instacartUser.key = link.instacartUser
                    WHERE link.connectUser = ?
                    """
            ),
            arguments: [connectUser]
        )
        .map(Membership.init)
    }

    static func instacartUser(linkedTo connectUser: Int64, _ db: Database) throws -> InstacartUserID? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT instacartUser.id
                    FROM link JOIN instacartUser ON instacartUser.key = link.instacartUser
                    WHERE link.connectUser = ?
                    """
            ),
            arguments: [connectUser]
        )
        .map(InstacartUserID.init(rawValue:))
    }

    static func connectUser(linkedTo instacartUser: Int64, _ db: Database) throws -> UserID? {
        try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT connectUser.userID
                    FROM link JOIN connectUser ON connectUser.key = link.connectUser
                    WHERE link.instacartUser = ?
                    """
            ),
            arguments: [instacartUser]
        )
        .map(UserID.init(rawValue:))
    }
}
