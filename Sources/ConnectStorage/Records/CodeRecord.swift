import ConnectCore
import GRDB

/// An authorization code's row.
struct CodeRecord: Sendable {
    let code: AuthorizationCode
    let instacartUser: Int64

    private static let selection = """
        SELECT authorizationCode.*, application.clientID, instacartUser.id AS instacartUserID
        FROM authorizationCode
        JOIN application ON application.key = authorizationCode.application
        JOIN instacartUser ON instacartUser.key = authorizationCode.instacartUser
        """
    private static let byValue = selection + " WHERE authorizationCode.value = ?"

    static func find(_ value: String, _ db: Database) throws -> CodeRecord? {
        try Row.fetchOne(db.cachedStatement(sql: byValue), arguments: [value.key]).map(CodeRecord.init)
    }

    /// All of a retailer, the earliest to end first.
    static func all(of retailer: Int64, _ db: Database) throws -> [AuthorizationCode] {
        try Row.fetchAll(
            db,
            sql: selection + " WHERE application.retailer = ? ORDER BY authorizationCode.expiresAt, value",
            arguments: [retailer]
        )
        .map { CodeRecord($0).code }
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

    static func insert(
        _ code: AuthorizationCode,
        for application: Int64,
        instacartUser: Int64,
        _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO authorizationCode (value, application, instacartUser, redirectURI, scopes, challenge,
                    challengeMethod, expiresAt, redeemedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                code.value, application, instacartUser, code.redirectURI, code.scopes.description,
                code.challenge?.value, code.challenge?.method.rawValue, code.expiresAt.millisecondsSinceEpoch,
                code.redeemedAt?.millisecondsSinceEpoch,
            ]
        )
    }

    /// Whether an Instacart user consented to these scopes for an application before.
    static func exists(
        for application: Int64,
        instacartUser: Int64,
        covering scopes: ScopeList,
        _ db: Database
    ) throws -> Bool {
        try String.fetchAll(
            db,
            sql: "SELECT DISTINCT scopes FROM authorizationCode WHERE application = ? AND instacartUser = ?",
            arguments: [application, instacartUser]
        )
        .contains { ScopeList(stored: $0).contains(scopes) }
    }

    static func markRedeemed(_ value: String, at now: Instant, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE authorizationCode SET redeemedAt = ? WHERE value = ?")
            .execute(arguments: [now.millisecondsSinceEpoch, value])
    }
}
