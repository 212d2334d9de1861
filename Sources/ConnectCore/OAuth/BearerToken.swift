/// What a request carries as `Authorization: Bearer` (RFC 6750 §2.1).
///
/// Printing it shows no part of it.
package struct BearerToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }
}

extension BearerToken {
    /// Checks that a bearer may use the fulfillment endpoints.
    ///
    /// - Parameters:
    ///   - found: The token with the presented value, if there is one.
    ///   - now: The time of the token's retailer.
    /// - Returns: The token.
    /// - Throws: ``Outcome/Shared/invalidToken``, ``Outcome/Shared/revokedToken``, ``Outcome/Shared/expiredToken`` or
    ///   ``Outcome/Shared/insufficientScope``.
    @discardableResult
    package static func authorize(_ found: AccessToken?, at now: Instant) throws(Refusal) -> AccessToken {
        guard let found else {
            throw Refusal(Outcome.Shared.invalidToken, "No access token has the value of the bearer token.")
        }
        switch found.state(at: now) {
        case .revoked:
            throw Refusal(Outcome.Shared.revokedToken, "The bearer token was revoked.")
        case .expired:
            throw Refusal(
                Outcome.Shared.expiredToken,
                "The bearer token expired at \(found.expiresAt); it is \(now)."
            )
        case .active:
            guard found.scopes.contains(.fulfillment) else {
                throw Refusal(
                    Outcome.Shared.insufficientScope,
                    "The bearer token has the scopes \(found.scopes); connect:fulfillment was expected."
                )
            }
            return found
        }
    }
}
