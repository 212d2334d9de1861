import ConnectCore

extension RetailerState {
    /// The same with nothing left out that is to be the same at every reset: ids, secrets and names are made up, and
    /// passwords hashed.
    func completed(in environment: SandboxEnvironment) -> RetailerState {
        var state = self
        let id = id ?? RetailerID(rawValue: environment.randomName())
        let name = name ?? id.rawValue
        state.id = id
        state.name = name
        state.applications = (applications ?? []).map { $0.completed(in: environment, retailerName: name) }
        state.instacartUsers = instacartUsers.map { user in
            var user = user
            user.password = .hashed(user.password.hash(in: environment))
            return user
        }
        state.faults = faults.map { $0.completed(in: environment) }
        return state
    }

    /// An application that is made up for a retailer whose document has none.
    static let madeUpApplication = ApplicationState(
        redirectURIs: ["https://example.org/account/profile", "http://localhost/demo/account/profile"]
            .compactMap(RedirectURI.init(rawValue:))
    )
}

extension RetailerState.ClockState {
    /// The clock that shows what the document says, from the moment it is loaded.
    func clock(at realTime: Instant) -> RetailerClock {
        RetailerClock(showing: now ?? realTime.adding(milliseconds: offset), isFrozen: isFrozen, at: realTime)
    }

    /// What a document says of a clock, so that it shows the same wherever it is loaded.
    init(_ clock: RetailerClock) {
        switch clock {
        case .running(let offset): self.init(offset: offset)
        case .frozen(let instant): self.init(now: instant, isFrozen: true)
        }
    }
}

extension RetailerState.ApplicationState {
    func completed(in environment: SandboxEnvironment, retailerName: String) -> Self {
        var application = self
        application.clientID = clientID ?? ClientID(rawValue: environment.randomCredential())
        application.clientSecret = clientSecret ?? ClientSecret(rawValue: environment.randomCredential())
        application.name = name ?? retailerName
        return application
    }

    /// A completed one.
    var application: Application {
        guard let clientID, let clientSecret else { preconditionFailure("an application was not completed") }
        return Application(
            clientID: clientID,
            clientSecret: clientSecret,
            name: name ?? clientID.rawValue,
            isEnabled: isEnabled,
            scopes: scopes,
            redirectURIs: redirectURIs
        )
    }

    init(_ application: Application) {
        self.init(
            clientID: application.clientID,
            clientSecret: application.clientSecret,
            name: application.name,
            isEnabled: application.isEnabled,
            scopes: application.scopes,
            redirectURIs: application.redirectURIs
        )
    }
}

extension RetailerState.InstacartUserState.Password {
    func hash(in environment: SandboxEnvironment) -> PasswordHash {
        switch self {
        case .plain(let password): PasswordHash(of: password, in: environment)
        case .hashed(let hash): hash
        }
    }
}

extension RetailerState.InstacartUserState.MembershipEnd {
    /// - Returns: Nil where it does not end.
    func instant(at now: Instant) -> Instant? {
        switch self {
        case .at(let instant): instant
        case .after(let period): Instant(secondsSinceEpoch: now.secondsSinceEpoch).adding(period).capped
        case .never: nil
        }
    }
}

extension RetailerState.InstacartUserState {
    func resolved(at now: Instant, in environment: SandboxEnvironment) -> InstacartUser {
        InstacartUser(
            id: id,
            email: email,
            phone: phone,
            passwordHash: password.hash(in: environment),
            membership: Membership(isMember: isMember, expiresAt: membershipEnd?.instant(at: now))
        )
    }

    init(_ user: InstacartUser) {
        let end = user.membership.expiresAt.map(MembershipEnd.at)
        self.init(
            id: user.id,
            email: user.email,
            phone: user.phone,
            password: .hashed(user.passwordHash),
            isMember: user.membership.isMember,
            membershipEnd: end ?? (user.membership.isMember ? .never : nil)
        )
    }
}

extension SandboxEnvironment {
    /// A token that no command line takes for an option.
    func randomCredential() -> String {
        while true {
            let token = randomToken()
            if token.first != "-" { return token }
        }
    }

    /// A name for what was given none: 12 characters that need no encoding anywhere.
    func randomName() -> String {
        randomBytes(6).map(\.hex).joined()
    }
}
