package import ConnectCore
import GRDB

/// Who a request under `/v2/fulfillment` comes from, and when it comes by its retailer's clock.
struct Session: Sendable {
    let application: Int64
    let retailer: RetailerRecord
    let now: Instant
}

extension SandboxDatabase {
    /// Checks a bearer token and does nothing else.
    ///
    /// - Parameter bearer: The request's bearer token.
    /// - Throws: A ``Refusal`` of ``Outcome/Shared``.
    package func authorize(_ bearer: BearerToken?) async throws {
        try await read { db in _ = try session(bearer, db) }
    }

    /// Opens the session of a bearer token, in the transaction of the verb that needs it: a token that is revoked while
    /// a request is under way is either good for all of it or for none.
    func session(_ bearer: BearerToken?, _ db: Database) throws -> Session {
        guard let bearer else {
            throw Refusal(Outcome.Shared.missingToken, "The header Authorization with a bearer token is missing.")
        }
        let found = try TokenRecord.find(bearer.rawValue, db)
        let now = (found?.retailer.clock ?? .real).now(at: environment.now())
        try BearerToken.authorize(found?.token, at: now)
        guard let found else { preconditionFailure("an unknown bearer token was not refused") }
        return Session(application: found.application, retailer: found.retailer, now: now)
    }
}
