import ConnectCore
import GRDB

/// An access token with the rows around it that rules ask about.
struct TokenRecord: Sendable {
    let token: AccessToken
    let application: Int64
    let retailer: RetailerRecord
    let connectUser: Int64?
    let instacartUser: Int64?
    let authorizationCode: String?

    private static let selection = """
        SELECT accessToken.*, application.clientID, application.retailer,
               retailer.clockOffset, retailer.clockFrozenAt,
               connectUser.userID, instacartUser.id AS instacartUserID
        FROM accessToken
        JOIN application ON application.key = accessToken.application
        JOIN retailer ON retailer.key = application.retailer
        LEFT JOIN connectUser ON connectUser.key = accessToken.connectUser
        LEFT JOIN instacartUser ON instacartUser.key = accessToken.instacartUser
        """
    private static let byValue = selection + " WHERE accessToken.value = ?"
    private static let byRefreshToken = selection + " WHERE accessToken.refreshToken = ?"

    static func find(_ value: String, _ db: Database) throws -> TokenRecord? {
        try Row.fetchOne(db.cachedStatement(sql: byValue), arguments: [value.key]).map(TokenRecord.init)
    }

    static func find(refreshToken: String, _ db: Database) throws -> TokenRecord? {
        try Row.fetchOne(db.cachedStatement(sql: byRefreshToken), arguments: [refreshToken.key]).map(TokenRecord.init)
    }

    /// All of a retailer, in the order in which they were issued.
    static func all(of retailer: Int64, _ db: Database) throws -> [TokenRecord] {
        try Row.fetchAll(
            db,
            sql: selection + " WHERE application.retailer = ? ORDER BY accessToken.createdAt, value",
            arguments: [retailer]
        )
        .map(TokenRecord.init)
    }

    private init(_ row: Row) {
        application = row["application"]
        retailer = RetailerRecord(key: row["retailer"], clock: RetailerClock(row))
        connectUser = row["connectUser"]
        instacartUser = row["instacartUser"]
        authorizationCode = row["authorizationCode"]
        let subject: AccessToken.Subject =
            if let userID: String = row["userID"] {
                .connectUser(UserID(rawValue: userID))
            } else if let id: Int64 = row["instacartUserID"] {
                .instacartUser(InstacartUserID(rawValue: id))
            } else {
                .application
            }
        token = AccessToken(
            value: row["value"],
            refreshToken: row["refreshToken"],
            clientID: ClientID(rawValue: row["clientID"]),
            scopes: ScopeList(stored: row["scopes"]),
            subject: subject,
            createdAt: Instant(millisecondsSinceEpoch: row["createdAt"]),
            expiresAt: Instant(millisecondsSinceEpoch: row["expiresAt"]),
            revokedAt: (row["revokedAt"] as Int64?).map(Instant.init(millisecondsSinceEpoch:))
        )
    }
}

extension TokenRecord {
    /// The rows that a new token points to.
    struct Owner {
        let application: Int64
        var connectUser: Int64?
        var instacartUser: Int64?
        var authorizationCode: String?
    }

    static func insert(_ token: AccessToken, for owner: Owner, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO accessToken (value, refreshToken, application, connectUser, instacartUser,
                    authorizationCode, scopes, createdAt, expiresAt, revokedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                token.value, token.refreshToken, owner.application, owner.connectUser, owner.instacartUser,
                owner.authorizationCode, token.scopes.description, token.createdAt.millisecondsSinceEpoch,
                token.expiresAt.millisecondsSinceEpoch, token.revokedAt?.millisecondsSinceEpoch,
            ]
        )
    }

    /// Ends a token and the refresh token beside it.
    static func revoke(_ value: String, at now: Instant, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE accessToken SET revokedAt = ? WHERE value = ? AND revokedAt IS NULL")
            .execute(arguments: [now.millisecondsSinceEpoch, value])
    }

    /// Ends every token that came of a code, refreshed ones included.
    static func revokeAll(issuedFrom code: String, at now: Instant, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE accessToken SET revokedAt = ? WHERE authorizationCode = ? AND revokedAt IS NULL"
        )
        .execute(arguments: [now.millisecondsSinceEpoch, code])
    }
}

extension ScopeList {
    /// Reads what ``ScopeList/description`` wrote.
    init(stored: String) {
        self.init(ScopeList.words(of: stored).compactMap(Scope.init(rawValue:)))
    }
}
