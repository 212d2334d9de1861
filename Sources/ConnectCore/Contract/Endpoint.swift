/// Which error shape an endpoint speaks.
package enum APIFamily: Sendable {
    /// Flat OAuth errors (RFC 6749 §5.2), under `/v2/oauth`.
    case oauth
    /// `{"error": …, "meta": …}`, everywhere else under `/v2`.
    case connect
    /// Pages and redirects in a customer's browser.
    case browser
}

/// An endpoint of Instacart's that the sandbox stands in for, named as its page is.
package enum Endpoint: String, CaseIterable, Sendable {
    case generateAccessToken = "generate_access_token"
    case revokeAccessToken = "revoke_access_token"
    case createUser = "create_user"
    case createUserDeletionRequest = "create_user_deletion_request"
    case linkUser = "link_user"
    case getUserLink = "get_user_link"
    case createInstacartUser = "create_instacart_user"
    case authorizeInstacartUser = "authorize_instacart_user"
    /// Ours: Instacart hands the authorization URL out privately.
    case authorize

    package var name: String { rawValue }

    package var method: String {
        self == .getUserLink || self == .authorize ? "GET" : "POST"
    }

    /// The path, with parameters in braces.
    ///
    /// That of ``authorize`` is a default; a setting may name another.
    package var path: String {
        switch self {
        case .generateAccessToken: "/v2/oauth/token"
        case .revokeAccessToken: "/v2/oauth/token/revoke"
        case .createUser: "/v2/fulfillment/users"
        case .createUserDeletionRequest: "/v2/fulfillment/users/{user_id}/privacy_request"
        case .linkUser, .getUserLink: "/v2/fulfillment/users/{user_id}/link"
        case .createInstacartUser: "/v2/fulfillment_sandbox/instacart_users"
        case .authorizeInstacartUser: "/v2/fulfillment_sandbox/instacart_users/{user_id}/authorize"
        case .authorize: "/oauth/authorize"
        }
    }

    package var family: APIFamily {
        switch self {
        case .generateAccessToken, .revokeAccessToken: .oauth
        case .authorize: .browser
        default: .connect
        }
    }

    /// The path of the page on docs.instacart.com that describes it.
    package var page: String {
        switch self {
        case .generateAccessToken: "/connect/api/access_tokens"
        case .revokeAccessToken: "/connect/api/oauth/revoke_access_token"
        case .createUser: "/connect/api/fulfillment/users/create_user"
        case .createUserDeletionRequest: "/connect/api/fulfillment/users/create_user_deletion_request"
        case .linkUser: "/connect/api/fulfillment/users/link_user"
        case .getUserLink: "/connect/api/fulfillment/users/get_user_link"
        case .createInstacartUser: "/connect/api/sandbox/instacart_users/create_instacart_user"
        case .authorizeInstacartUser: "/connect/api/sandbox/instacart_users/authorize_instacart_user"
        case .authorize: "/connect/fulfillment_guide/how_to/link_an_instacart_account"
        }
    }
}
