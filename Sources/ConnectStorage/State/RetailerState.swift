package import ConnectCore

/// Everything that a retailer owns, as a state document says it: ids and secrets may be left out, ends of memberships
/// may be relative.
package struct RetailerState: Equatable, Sendable {
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
        }

        var id: InstacartUserID
        var email: EmailAddress
        var phone: String
        var password: Password
        var isMember: Bool
        var membershipEnd: MembershipEnd?
    }

    package struct ConnectUserState: Equatable, Sendable {
        var user: ConnectUser
        var linkedTo: InstacartUserID?
    }

    /// Whether it can be told at another start that the database holds this retailer.
    package var isRecognizable: Bool { id != nil || applications.contains { $0.clientID != nil } }

    /// Fresh where it is left out.
    package var id: RetailerID?
    package var name: String?
    /// The instant that `now` names; the real time where it is left out.
    package var now: Instant?
    package var isFrozen = false
    package var applications: [ApplicationState] = []
    package var instacartUsers: [InstacartUserState] = []
    package var connectUsers: [ConnectUserState] = []
}
