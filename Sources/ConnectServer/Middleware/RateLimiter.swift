import ConnectCore
import ConnectStorage
import Hummingbird
import Synchronization

/// Refuses what an application sends past so many requests in one second of the real clock.
///
/// Source: /connect/api/error_and_status_codes names the limit, not its number.
final class RateLimiter: RouterMiddleware {
    private let limit: Int
    private let database: SandboxDatabase
    private let counts = Mutex(Counts())

    private struct Counts {
        var second: Int64 = 0
        var requests: [ClientID: Int] = [:]
    }

    init(limit: Int, database: SandboxDatabase) {
        self.limit = limit
        self.database = database
    }

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        if let clientID = try await request.clientID(in: database), count(clientID) > limit {
            throw Refusal(
                Outcome.Shared.rateLimited,
                "The application \(clientID) may send \(limit) requests per second; --rate-limit says so."
            )
        }
        return try await next(request, context)
    }

    /// Counts a request.
    ///
    /// - Returns: How many the application has sent in this second.
    private func count(_ clientID: ClientID) -> Int {
        let second = database.environment.now().secondsSinceEpoch
        return counts.withLock { counts in
            if counts.second != second { counts = Counts(second: second) }
            counts.requests[clientID, default: 0] += 1
            return counts.requests[clientID] ?? 0
        }
    }
}

extension Request {
    /// Whose request it is, as it says itself: by the `client_id` even where the secret is wrong, by the bearer token
    /// even where it is expired or revoked.
    ///
    /// - Parameter database: Where tokens are looked up.
    /// - Returns: Nil where it names no application.
    /// - Throws: What the database does.
    func clientID(in database: SandboxDatabase) async throws -> ClientID? {
        switch APISurface(path: uri.path, authorizePath: "") {
        case .instacart(.connect):
            return try await bearerToken.asyncFlatMap(database.clientID(of:))
        case .instacart(.oauth):
            guard let parameters = try? await oauthParameters(), case .string(let id) = parameters["client_id"]
            else { return basicCredentials?.clientID }
            return ClientID(rawValue: id)
        case .instacart(.browser), .sandbox:
            return nil
        }
    }
}

extension Optional {
    fileprivate func asyncFlatMap<Value>(_ transform: (Wrapped) async throws -> Value?) async rethrows -> Value? {
        if let self { try await transform(self) } else { nil }
    }
}
