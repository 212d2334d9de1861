package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// The application that a bearer token was issued to, expired or revoked as it may be.
    ///
    /// - Parameter bearer: The token.
    /// - Returns: Nil where no token has this value.
    /// - Throws: What SQLite reports.
    package func clientID(of bearer: BearerToken) async throws -> ClientID? {
        try await read { db in try TokenRecord.find(bearer.rawValue, db)?.token.clientID }
    }
}
