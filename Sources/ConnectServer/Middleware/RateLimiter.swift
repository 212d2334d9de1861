import ConnectCore
import ConnectStorage
import Hummingbird
import Synchronization

/// Refuses what an application sends past so many requests in one second of the real clock.
///
/// Source: /connect/api/error_and_status_codes names the limit, not its number.
final class RateLimiter: RouterMiddleware {
    private let limit: Int
    private let now: @Sendable () -> Instant
    private let counts = Mutex(Counts())

    private struct Counts {
        var second: Int64 = 0
        var requests: [ClientID: Int] = [:]
    }

    /// - Parameters:
    ///   - limit: How many requests.
    ///   - now: The real time.
    init(limit: Int, now: @escaping @Sendable () -> Instant) {
        self.limit = limit
        self.now = now
    }

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        if let clientID = context.trace?.value.attribution?.clientID, count(clientID) > limit {
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
        let second = now().secondsSinceEpoch
        return counts.withLock { counts in
            if counts.second != second { counts = Counts(second: second) }
            counts.requests[clientID, default: 0] += 1
            return counts.requests[clientID] ?? 0
        }
    }
}
