import ConnectCore
import ConnectStorage
import Hummingbird
import NIOCore
import Synchronization

/// Knows whose request it is, and remembers it: the database is asked once for each token and each `client_id`.
///
/// What is remembered is forgotten whenever the sandbox's own API changes something.
final class Attributions: Sendable {
    private enum Key: Hashable {
        case token(BearerToken)
        case client(ClientID)
    }

    private struct State {
        /// Raised by each change, so that what was looked up before it is not remembered after it.
        var generation = 0
        var known: [Key: Attribution] = [:]
        /// Whether faults of a retailer may be armed.
        var armed: [RetailerID: Bool] = [:]
    }

    /// How many are remembered at most.
    private static let limit = 10_000

    private let database: SandboxDatabase
    private let state = Mutex(State())

    init(database: SandboxDatabase) {
        self.database = database
    }

    /// Forgets everything.
    func forget() {
        state.withLock { state in
            state.generation += 1
            state.known.removeAll(keepingCapacity: true)
            state.armed.removeAll(keepingCapacity: true)
        }
    }

    /// Whose request it is, as it says itself: by the `client_id` even where the secret is wrong, by the bearer token
    /// even where it is expired or revoked.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - body: Its body, as far as it was read.
    ///   - authorizePath: Where the authorization URL is.
    /// - Returns: Nil where it names nobody that there is, or the database does not answer.
    func attribution(of request: Request, body: ByteBuffer, authorizePath: String) async -> Attribution? {
        switch APISurface(path: request.uri.path, authorizePath: authorizePath) {
        case .instacart(.connect):
            return await find(request.bearerToken.map(Key.token))
        case .instacart(.oauth):
            return await find(request.clientID(in: body).map(Key.client))
        case .instacart(.browser):
            let clientID = try? request.authorizationParameters()["client_id"]
            return await find(clientID.map { .client(ClientID(rawValue: $0)) })
        case .sandbox:
            return nil
        }
    }

    /// Lets the faults of a retailer see a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - retailer: Whose it is.
    /// - Returns: What happens to it; nil where it is not hit.
    /// - Throws: What the database does.
    func takeFault(_ request: FaultTarget, of retailer: RetailerID) async throws -> FaultHit? {
        let (isArmed, generation) = state.withLock { ($0.armed[retailer] ?? true, $0.generation) }
        guard isArmed else { return nil }
        let (hit, isStillArmed) = try await database.takeFault(request, of: retailer)
        state.withLock { state in
            if state.generation == generation { state.armed[retailer] = isStillArmed }
        }
        return hit
    }

    private func find(_ key: Key?) async -> Attribution? {
        guard let key else { return nil }
        let (known, generation) = state.withLock { ($0.known[key], $0.generation) }
        if let known { return known }
        let found: Attribution?
        switch key {
        case .token(let token): found = try? await database.attribution(of: token)
        case .client(let clientID): found = try? await database.attribution(of: clientID)
        }
        guard let found else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.known.count >= Self.limit { state.known.removeAll(keepingCapacity: true) }
            state.known[key] = found
        }
        return found
    }
}

extension Request {
    /// The `client_id` of a request to the OAuth endpoints.
    fileprivate func clientID(in body: ByteBuffer) -> ClientID? {
        if case .string(let id)? = (try? oauthParameters(in: body))?["client_id"] { return ClientID(rawValue: id) }
        return basicCredentials?.clientID
    }
}
