import ConnectCore
import GRDB

extension SandboxDatabase {
    /// How much there is of what comes and goes.
    package struct Usage: Equatable, Sendable {
        package let retailers: Int
        /// Codes that could be exchanged.
        package let authorizationCodes: Int
        /// Neither expired, by their retailer's clock, nor revoked, as are the next.
        package let accessTokens: Int
        /// Unused ones: a refresh token outlives its access token.
        package let refreshTokens: Int
        /// Of the database without its write-ahead log.
        package let bytes: Int
    }

    /// Counts what is live at this moment.
    ///
    /// - Returns: The counts.
    /// - Throws: What SQLite reports.
    package func usage() async throws -> Usage {
        let now = environment.now().millisecondsSinceEpoch
        return try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    WITH owner AS (
                        SELECT application.key, coalesce(clockFrozenAt, clockOffset + :now) AS now
                        FROM application JOIN retailer ON retailer.key = application.retailer
                    )
                    SELECT
                        (SELECT count(*) FROM retailer) AS retailers,
                        (SELECT count(*) FROM authorizationCode JOIN owner ON owner.key = application
                            WHERE redeemedAt IS NULL AND expiresAt > owner.now) AS authorizationCodes,
                        (SELECT count(*) FROM accessToken JOIN owner ON owner.key = application
                            WHERE revokedAt IS NULL AND expiresAt > owner.now) AS accessTokens,
                        (SELECT count(*) FROM accessToken
                            WHERE revokedAt IS NULL AND refreshToken IS NOT NULL) AS refreshTokens,
                        (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()) AS bytes
                    """,
                arguments: ["now": now]
            )
            return Usage(
                retailers: row?["retailers"] ?? 0,
                authorizationCodes: row?["authorizationCodes"] ?? 0,
                accessTokens: row?["accessTokens"] ?? 0,
                refreshTokens: row?["refreshTokens"] ?? 0,
                bytes: row?["bytes"] ?? 0
            )
        }
    }
}
