import ConnectCore

extension RetailerState {
    /// The clock that shows what the document says, from the moment it is loaded.
    func clock(at realTime: Instant) -> RetailerClock {
        let start = now ?? realTime
        if isFrozen { return .frozen(at: start) }
        return .running(offset: start.millisecondsSinceEpoch - realTime.millisecondsSinceEpoch)
    }
}

extension RetailerState.ApplicationState {
    func resolved(in environment: SandboxEnvironment, retailerName: String) -> Application {
        Application(
            clientID: clientID ?? ClientID(rawValue: environment.randomToken()),
            clientSecret: clientSecret ?? ClientSecret(rawValue: environment.randomToken()),
            name: name ?? retailerName,
            isEnabled: isEnabled,
            scopes: scopes,
            redirectURIs: redirectURIs
        )
    }
}

extension RetailerState.InstacartUserState {
    func resolved(at now: Instant, in environment: SandboxEnvironment) -> InstacartUser {
        let hash: PasswordHash =
            switch password {
            case .plain(let password): PasswordHash(of: password, in: environment)
            case .hashed(let hash): hash
            }
        let end: Instant? =
            switch membershipEnd {
            case .at(let instant): instant
            case .after(let period): Instant(secondsSinceEpoch: now.secondsSinceEpoch).adding(period)
            case nil: nil
            }
        return InstacartUser(
            id: id,
            email: email,
            phone: phone,
            passwordHash: hash,
            membership: Membership(isMember: isMember, expiresAt: end)
        )
    }
}

extension SandboxEnvironment {
    /// A name for what was given none: 12 characters that need no encoding anywhere.
    func randomName() -> String {
        randomBytes(6).map(\.hex).joined()
    }
}
