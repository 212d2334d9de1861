package import ConnectCore
import GRDB

/// Whose request it is.
package struct Attribution: Hashable, Sendable {
    package let retailer: RetailerID
    package let clientID: ClientID
}

extension SandboxDatabase {
    /// The retailer and the application that a bearer token was issued to, expired or revoked as it may be.
    ///
    /// - Parameter bearer: The token.
    /// - Returns: Nil where no token has this value.
    /// - Throws: What SQLite reports.
    package func attribution(of bearer: BearerToken) async throws -> Attribution? {
        try await attribution(
            """
            JOIN accessToken ON accessToken.application = application.key WHERE accessToken.value = ?
            """,
            bearer.rawValue
        )
    }

    /// The retailer of an application, whoever says to be it.
    ///
    /// - Parameter clientID: The application's.
    /// - Returns: Nil where there is none.
    /// - Throws: What SQLite reports.
    package func attribution(of clientID: ClientID) async throws -> Attribution? {
        try await attribution("WHERE application.clientID = ?", clientID.rawValue)
    }

    /// Lets the faults of a retailer see a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - retailer: Whose it is.
    /// - Returns: What happens to it, and whether any fault is armed still.
    /// - Throws: What SQLite reports.
    package func takeFault(
        _ request: FaultTarget,
        of retailer: RetailerID
    ) async throws -> (hit: FaultHit?, isArmed: Bool) {
        try await write { db in
            guard let found = try RetailerRecord.find(retailer, db) else { return (nil, false) }
            var rules = try FaultRecord.all(of: found.key, db).filter(\.isArmed)
            for index in rules.indices {
                let seen = rules[index].seen
                let hit = rules[index].take(request)
                if rules[index].seen != seen { try FaultRecord.count(rules[index], of: found.key, db) }
                if let hit { return (hit, rules.contains(where: \.isArmed)) }
            }
            return (nil, !rules.isEmpty)
        }
    }

    private func attribution(_ condition: String, _ value: String) async throws -> Attribution? {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT retailer.id, application.clientID
                    FROM application JOIN retailer ON retailer.key = application.retailer
                    \(condition)
                    """
            )
            return try Row.fetchOne(statement, arguments: [value.key]).map { row in
                Attribution(retailer: RetailerID(rawValue: row["id"]), clientID: ClientID(rawValue: row["clientID"]))
            }
        }
    }
}
