/// An access token (RFC 6749 §1.4) with the refresh token that was issued beside it, if any.
package struct AccessToken: Equatable, Sendable {
    /// On whose behalf the bearer acts.
    package enum Subject: Equatable, Sendable {
        case application
        case connectUser(UserID)
        case instacartUser(InstacartUserID)
    }

    package let value: String
    package let refreshToken: String?
    package let clientID: ClientID
    package let scopes: ScopeList
    package let subject: Subject
    package let createdAt: Instant
    package let expiresAt: Instant
    package let revokedAt: Instant?

    package init(
        value: String,
        refreshToken: String?,
        clientID: ClientID,
        scopes: ScopeList,
        subject: Subject,
        createdAt: Instant,
        expiresAt: Instant,
        revokedAt: Instant?
    ) {
        self.value = value
        self.refreshToken = refreshToken
        self.clientID = clientID
        self.scopes = scopes
        self.subject = subject
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// How long it lasts from its creation, in seconds (`expires_in`, RFC 6749 §5.1).
    package var lifetime: Int64 {
        (expiresAt.millisecondsSinceEpoch - createdAt.millisecondsSinceEpoch) / 1000
    }

    package enum State: Equatable, Sendable {
        case active
        case expired
        case revoked
    }

    /// Revoked wins over expired.
    ///
    /// A token is expired from the second that `created_at` plus `expires_in` names.
    ///
    /// - Parameter now: The retailer's time.
    /// - Returns: Whether it may be used.
    package func state(at now: Instant) -> State {
        if revokedAt != nil { return .revoked }
        return now < expiresAt ? .active : .expired
    }
}
