import ConnectCore
import GRDB

/// An authorization code's row.
struct CodeRecord: Sendable {
    let code: AuthorizationCode
    let instacartUser: Int64

    static func find(_ value: String, _ db: Database) throws -> CodeRecord? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT authorizationCode.*, application.clientID, instacartUser.id AS instacartUserID
                    FROM authorizationCode
                    JOIN application ON application.key = authorizationCode.application
                    JOIN instacartUser ON instacartUser.key = authorizationCode.instacartUser
                    WHERE authorizationCode.value = ?
                    """
            ),
            arguments: [value.key]
        )
        .map(CodeRecord.init)
    }

    private init(_ row: Row) {
        instacartUser = row["instacartUser"]
        let method = (row["challengeMethod"] as String?).flatMap(CodeChallenge.Method.init(rawValue:))
        let challenge: String? = row["challenge"]
        code = AuthorizationCode(
            value: row["value"],
            clientID: ClientID(rawValue: row["clientID"]),
            instacartUserID: InstacartUserID(rawValue: row["instacartUserID"]),
            redirectURI: row["redirectURI"],
            scopes: ScopeList(stored: row["scopes"]),
            challenge: challenge.flatMap { value in method.map { CodeChallenge(value: value, method: $0) } },
            expiresAt: Instant(millisecondsSinceEpoch: row["expiresAt"]),
            redeemedAt: (row["redeemedAt"] as Int64?).map(Instant.init(millisecondsSinceEpoch:))
        )
    }

    static func markRedeemed(_ value: String, at now: Instant, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE authorizationCode SET redeemedAt = ? WHERE value = ?")
            .execute(arguments: [now.millisecondsSinceEpoch, value])
    }
}
