import ConnectCore

/// What an issued token looks like (/connect/api/access_tokens; RFC 6749 §5.1).
struct TokenResponse: Encodable {
    let accessToken: String
    let tokenType = "Bearer"
    let expiresIn: Int64
    let refreshToken: String?
    /// Left out where the token has no scope.
    let scope: String?
    /// Seconds since the Unix epoch.
    let createdAt: Int64

    init(_ token: AccessToken) {
        accessToken = token.value
        expiresIn = token.lifetime
        refreshToken = token.refreshToken
        scope = token.scopes.isEmpty ? nil : token.scopes.description
        createdAt = token.createdAt.secondsSinceEpoch
    }

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case scope
        case createdAt = "created_at"
    }
}

/// `{}`.
struct EmptyBody: Encodable {}
