import ConnectCore
import GRDB

/// A retailer that the database holds, on the point of being replaced: what of it may outlive that.
struct HeldRetailer: Sendable {
    let key: Int64
    let id: RetailerID
    private let name: String?
    private let applications: [RetailerState.ApplicationState]?
    private let clientTokens: [RetailerState.IssuedToken]
    private let now: Instant
    private let realTime: Instant
    private let startingClock: RetailerClock

    init(_ key: Int64, _ database: SandboxDatabase, _ db: Database) throws {
        let current = try RetailerState(of: key, withTokens: true, db)
        guard let id = current.id else { preconditionFailure("a retailer has no id") }
        self.key = key
        self.id = id
        name = current.name
        applications = current.applications
        clientTokens = (current.tokens?.accessTokens ?? []).filter { issued in
            issued.token.subject == .application && issued.code == nil
        }
        realTime = database.environment.now()
        startingClock = database.startingClock
        now = (current.clock?.clock(at: realTime) ?? startingClock).now(at: realTime)
    }

    /// A state with what it leaves to the retailer: its name, its applications, and, unless the state holds tokens of
    /// its own, the client-credentials tokens of those that stay, so that an application under test keeps its own.
    func completing(_ state: RetailerState, keepsTokens: Bool) -> RetailerState {
        var state = state
        state.id = id
        state.name = state.name ?? name
        state.applications = state.applications ?? applications
        if keepsTokens, state.tokens == nil {
            let staying = Set((state.applications ?? []).compactMap(\.clientID))
            let newNow = (state.clock?.clock(at: realTime) ?? startingClock).now(at: realTime)
            state.tokens = RetailerState.TokenState(
                accessTokens: clientTokens.filter { staying.contains($0.token.clientID) }.map { issued in
                    var issued = issued
                    issued.token = issued.token.living(on: newNow, insteadOf: now)
                    return issued
                }
            )
        }
        return state
    }
}

extension AccessToken {
    /// The same token, moved along with a clock by which it would have ended.
    fileprivate func living(on newNow: Instant, insteadOf oldNow: Instant) -> AccessToken {
        guard state(at: oldNow) == .active, state(at: newNow) == .expired else { return self }
        let age = oldNow.millisecondsSinceEpoch - createdAt.millisecondsSinceEpoch
        let newCreation = newNow.adding(milliseconds: -age)
        return AccessToken(
            value: value,
            refreshToken: refreshToken,
            clientID: clientID,
            scopes: scopes,
            subject: subject,
            createdAt: newCreation,
            expiresAt: newCreation.adding(seconds: lifetime).capped,
            revokedAt: nil
        )
    }
}
