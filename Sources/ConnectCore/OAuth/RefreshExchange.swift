/// The rules for a refresh (RFC 6749 §6).
package enum RefreshExchange {
    /// Checks that a refresh token may be used, and settles the scopes of its successor.
    ///
    /// A refresh token outlives its access token; it ends when it is used or when either of the two is revoked.
    ///
    /// - Parameters:
    ///   - found: The token whose refresh token was presented, if there is one.
    ///   - application: The authenticated application.
    ///   - scope: The `scope` parameter.
    /// - Returns: The token to replace, and the scopes of the new one: any subset of the original's.
    /// - Throws: ``Outcome/GenerateAccessToken/invalidRefreshToken`` or ``Outcome/GenerateAccessToken/invalidScope``.
    package static func decide(
        _ found: AccessToken?,
        for application: Application,
        scope: String?
    ) throws(Refusal) -> (replacing: AccessToken, scopes: ScopeList) {
        typealias Refused = Outcome.GenerateAccessToken
        guard let found else {
            throw Refusal(Refused.invalidRefreshToken, "No refresh token has this value.")
        }
        guard found.clientID == application.clientID else {
            throw Refusal(
                Refused.invalidRefreshToken,
                "The refresh token was issued to another application than \(application.clientID)."
            )
        }
        guard found.revokedAt == nil else {
            throw Refusal(Refused.invalidRefreshToken, "The refresh token was used before, or revoked.")
        }
        guard let scope else { return (found, found.scopes) }
        let requested = try ScopeList(requested: scope)
        guard found.scopes.contains(requested) else {
            throw Refusal(
                Refused.invalidScope,
                "The refresh token covers \(found.scopes), not all of \(requested)."
            )
        }
        return (found, requested)
    }
}
