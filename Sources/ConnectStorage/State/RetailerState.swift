package import ConnectCore

/// Everything that a retailer owns, as a state document says it: ids and secrets may be left out, ends of memberships
/// may be relative.
package struct RetailerState: Equatable, Sendable {
    /// What the retailer takes for the time.
    package struct ClockState: Equatable, Sendable {
        /// The instant that `now` names; the real time where it is left out.
        package var now: Instant?
        /// How far a running clock is ahead of the real one, in milliseconds.
        package var offset: Int64 = 0
        package var isFrozen = false
    }

    package struct ApplicationState: Equatable, Sendable {
        var clientID: ClientID?
        var clientSecret: ClientSecret?
        var name: String?
        var isEnabled = true
        var scopes = ScopeList([.fulfillment, .postCheckout, .accountLinking])
        var redirectURIs: [RedirectURI]
    }

    package struct InstacartUserState: Equatable, Sendable {
        enum Password: Equatable, Sendable {
            case plain(String)
            case hashed(PasswordHash)
        }

        enum MembershipEnd: Equatable, Sendable {
            case at(Instant)
            case after(Period)
            case never
        }

        var id: InstacartUserID
        var email: EmailAddress
        var phone: String
        var password: Password
        var isMember: Bool
        /// Nil for whom no membership ever ends because there was none.
        var membershipEnd: MembershipEnd?
    }

    package struct ConnectUserState: Equatable, Sendable {
        var user: ConnectUser
        var linkedTo: InstacartUserID?
    }

    /// Codes and tokens, where a document holds them.
    package struct TokenState: Equatable, Sendable {
        var codes: [AuthorizationCode] = []
        var accessTokens: [IssuedToken] = []
    }

    /// An access token and the code that it came of.
    package struct IssuedToken: Equatable, Sendable {
        var token: AccessToken
        var code: String?
    }

    /// Whether it can be told at another start that the database holds this retailer.
    package var isRecognizable: Bool { id != nil || applications?.contains { $0.clientID != nil } == true }

    /// Fresh where it is left out.
    package var id: RetailerID?
    package var name: String?
    /// Nil where the document says nothing of a clock.
    package var clock: ClockState?
    /// Nil where the document says nothing of applications.
    package var applications: [ApplicationState]?
    package var instacartUsers: [InstacartUserState] = []
    package var connectUsers: [ConnectUserState] = []
    package var faults: [FaultState] = []
    /// Nil where the document says nothing of codes and tokens.
    package var tokens: TokenState?
}
