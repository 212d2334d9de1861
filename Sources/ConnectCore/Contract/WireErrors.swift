/// The single error of the Connect API: `{"error": {"message", "code"}, "meta": {"key"}}`.
///
/// Source: /connect/api/error_and_status_codes.
package struct ConnectError: Hashable, Sendable {
    package let message: String
    /// 1001 invalid parameter, 4000 not found, 4001 invalid request, 5000 internal; null for `User Not Active`.
    package let code: Int?
    /// The field at fault; `meta` is empty without one.
    package let key: String?

    package init(_ message: String, code: Int?, key: String? = nil) {
        self.message = message
        self.code = code
        self.key = key
    }

    /// What wraps two or more errors: always this message and code.
    package static let multiple = ConnectError("There were issues with your request", code: 9999)

    static func blank(_ key: String) -> ConnectError { ConnectError("can't be blank", code: 1001, key: key) }
    static func invalid(_ key: String) -> ConnectError { ConnectError("is invalid", code: 1001, key: key) }
    static let userNotFound = ConnectError("User Not Found", code: 1001, key: "user_id")
    static let userNotActive = ConnectError("User Not Active", code: nil)
}

/// The error of the OAuth endpoints: `{"error", "error_description"}` (RFC 6749 §5.2).
package struct OAuthError: Hashable, Sendable {
    package let error: String
    package let description: String

    package init(_ error: String, _ description: String) {
        self.error = error
        self.description = description
    }

    static let malformedRequest = OAuthError(
        "invalid_request",
        "The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed."
    )
    static let queryParamsForbidden = OAuthError(
        "query_params_forbidden",
        "Providing OAuth credentials as query parameters may cause them to be compromised. "
            + "Please reach out to Instacart's security team and have the credentials rotated."
    )
    static let invalidClient = OAuthError(
        "invalid_client",
        "Client authentication failed due to unknown client, no client authentication included, "
            + "or unsupported authentication method."
    )
    static let invalidGrant = OAuthError(
        "invalid_grant",
        "Assertion is not provided or invalid assertion provided for the grant_type."
    )
    static let invalidScope = OAuthError(
        "invalid_scope",
        "The requested scope is invalid, unknown, or malformed."
    )
    static let unsupportedGrantType = OAuthError(
        "unsupported_grant_type",
        "The authorization grant type is not supported by the authorization server."
    )
    static let unauthorizedToRevoke = OAuthError(
        "unauthorized_client",
        "You are not authorized to revoke this token"
    )

    static func missing(_ parameter: String) -> OAuthError {
        OAuthError("invalid_request", "Missing required parameter: \(parameter).")
    }
}
