import ConnectCore
import ConnectStorage

/// What `login.mustache` shows.
struct LoginPage: Sendable {
    struct User: Sendable {
        let email: String
        let membership: String
        let link: String

        init(_ user: ConsentView.User) {
            email = user.email
            membership = user.membership.description
            link = user.linkedTo.map { "linked to \($0.rawValue)" } ?? "not linked"
        }
    }

    let applicationName: String
    let retailerName: String
    let action: String
    let antiForgeryToken: String
    let email: String
    let error: String?
    let users: [User]
    let hasUsers: Bool
    let hasMoreUsers: Bool

    init(_ view: ConsentView, action: String, email: String, error: String?) {
        applicationName = view.request.application.name
        retailerName = view.retailerName
        self.action = action
        antiForgeryToken = view.session.antiForgeryToken
        self.email = email
        self.error = error
        users = view.users.map(User.init)
        hasUsers = !view.users.isEmpty
        hasMoreUsers = view.hasMoreUsers
    }
}

/// What `consent.mustache` shows.
struct ConsentPage: Sendable {
    let applicationName: String
    let retailerName: String
    let email: String
    let action: String
    let antiForgeryToken: String
    let redirectOrigin: String
    /// Source: /connect/fulfillment_guide/concepts/account_linking names what an application may do.
    let scopes = ["Read your name and email", "Make requests on your behalf"]

    init(_ view: ConsentView, email: String, action: String) {
        applicationName = view.request.application.name
        retailerName = view.retailerName
        self.email = email
        self.action = action
        antiForgeryToken = view.session.antiForgeryToken
        redirectOrigin = view.request.redirectURI.origin
    }
}

/// What `authorization-error.mustache` shows.
struct AuthorizationErrorPage: Sendable {
    let title = "This authorization request cannot be granted"
    let error: String
    let description: String
    let reason: String

    init(_ error: OAuthError, reason: Reason) {
        self.error = error.error
        description = error.description
        self.reason = reason.description
    }
}

extension LinkStatus {
    fileprivate var description: String {
        guard isInstacartPlusMember else { return "no Instacart+ membership" }
        return expiredAt.map { "Instacart+ member until \($0.iso8601.prefix(10))" } ?? "Instacart+ member"
    }
}
