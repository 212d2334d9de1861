/// The account page with the status element.
struct ProfilePage: Sendable {
    /// What the link-accounts button needs, where it is due.
    struct Linking: Sendable {
        let authorizationURL: String
        let state: String
        let redirectURI: String
        let clientID: String
        let isRedirectURIRegistered: Bool
    }

    let frame: DemoFrame
    let hasAccount: Bool
    let accountName: String
    let accountID: String
    /// The state of the status element, for tests to look for.
    let statusName: String
    let isActive: Bool
    let isInactive: Bool
    let isUnlinked: Bool
    let isUnknown: Bool
    let hasExpiry: Bool
    let expiresOn: String
    let isNotActive: Bool
    let isUnregistered: Bool
    let authorizationURL: String
    let linkingState: String
    let redirectURI: String
    let clientID: String

    init(frame: DemoFrame, customer: DemoCustomer?, membership: MembershipStatus?, linking: Linking?) {
        self.frame = frame
        hasAccount = customer != nil
        accountName = customer?.name ?? ""
        accountID = customer?.userID ?? ""
        statusName = Self.name(of: membership)
        isActive = membership?.isActive == true
        isInactive = membership == .inactive
        isUnlinked = membership?.isUnlinked == true
        isUnknown = membership == .unknown
        expiresOn = if case .active(let date?) = membership { date } else { "" }
        hasExpiry = !expiresOn.isEmpty
        isNotActive = membership == .unlinked(.notActive)
        isUnregistered = linking?.isRedirectURIRegistered == false
        authorizationURL = linking?.authorizationURL ?? ""
        linkingState = linking?.state ?? ""
        redirectURI = linking?.redirectURI ?? ""
        clientID = linking?.clientID ?? ""
    }

    private static func name(of membership: MembershipStatus?) -> String {
        switch membership {
        case nil: "signed-out"
        case .active: "linked-active"
        case .inactive: "linked-inactive"
        case .unlinked: "unlinked"
        case .unknown: "unknown"
        }
    }
}
