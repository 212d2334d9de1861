extension Outcome {
    /// What every endpoint can answer.
    package enum Shared {
        package static let missingToken = unauthorized(
            "missing_token",
            "The access token is invalid",
            "The request has no bearer token."
        )
        package static let invalidToken = unauthorized(
            "invalid_token",
            "The access token is invalid",
            "No token has this value."
        )
        package static let expiredToken = unauthorized(
            "expired_token",
            "The access token expired",
            "The bearer token is past its lifetime."
        )
        package static let revokedToken = unauthorized(
            "revoked_token",
            "The access token was revoked",
            "The bearer token was revoked, rotated by a refresh, or issued from a code that was replayed."
        )
        package static let insufficientScope = Outcome(
            shared: "insufficient_scope",
            403,
            .connectError(
                ConnectError(#"Access to this resource requires scope "connect:fulfillment"."#, code: nil)
            ),
            "The bearer token lacks the scope connect:fulfillment; linking and user tokens do.",
            .assumed(
                basis: "403 is documented (/connect/api/error_and_status_codes), its body is not; "
                    + "message and header are Doorkeeper's, the shape is the Connect API's."
            )
        )
        package static let malformedBody = Outcome(
            shared: "malformed_body",
            400,
            .eitherError(
                connect: ConnectError("Invalid request body", code: 4001),
                oauth: .malformedRequest
            ),
            "The body is not what the endpoint reads: malformed, not an object, of another Content-Type, or with "
                + "repeated or wrongly typed OAuth parameters.",
            .assumed(
                basis: "4001 is documented as invalid request (/connect/api/error_and_status_codes), "
                    + "invalid_request by RFC 6749 §5.2; the texts are not."
            )
        )
        package static let bodyTooLarge = Outcome(
            shared: "body_too_large",
            413,
            .eitherError(
                connect: ConnectError("Request body too large", code: 4001),
                oauth: .malformedRequest
            ),
            "The body is over 1 MiB.",
            .assumed(basis: "No limit is documented; the status is RFC 9110 §15.5.14's.")
        )
        package static let notFound = Outcome(
            shared: "not_found",
            404,
            .eitherError(connect: ConnectError("Resource not found", code: 4000), oauth: .malformedRequest),
            "No endpoint has this path and method.",
            .assumed(
                basis: "404 and code 4000 are documented (/connect/api/error_and_status_codes), the message is not."
            )
        )
        package static let rateLimited = Outcome(
            shared: "rate_limited",
            429,
            .eitherError(
                connect: ConnectError("Too many requests", code: 2003),
                oauth: OAuthError("temporarily_unavailable", "Too many requests")
            ),
            "The application sends more requests per second than it may.",
            .assumed(
                basis: "429 and its name are documented (/connect/api/error_and_status_codes), the body is not; "
                    + "2003 is documented as retry later."
            )
        )
        package static let internalError = Outcome(
            shared: "internal_error",
            500,
            .eitherError(
                connect: ConnectError(
                    "Sorry, an unexpected error occurred. Our team has been notified. Please try again later.",
                    code: 5000
                ),
                oauth: OAuthError(
                    "server_error",
                    "Sorry, an unexpected error occurred. Our team has been notified. Please try again later."
                )
            ),
            "The server failed in a way it did not foresee.",
            .documented(page: "/connect/api/error_and_status_codes")
        )
        package static let requestTimeout = Outcome(
            shared: "request_timeout",
            408,
            .eitherError(
                connect: ConnectError("Request timeout", code: 2003),
                oauth: OAuthError("temporarily_unavailable", "Request timeout")
            ),
            "A fault says so; the server itself never gives up on a request that it has read.",
            .assumed(
                basis: "408 is documented (/connect/api/error_and_status_codes), the body is not; "
                    + "2003 is documented as retry later."
            )
        )
        package static let unavailable = Outcome(
            shared: "unavailable",
            503,
            .eitherError(
                connect: ConnectError("Service unavailable", code: 2003),
                oauth: OAuthError("temporarily_unavailable", "Service unavailable")
            ),
            "The server cannot answer now: its database is locked by another process, full or read-only.",
            .assumed(
                basis: "503 is documented (/connect/api/error_and_status_codes), the body is not; "
                    + "2003 is documented as retry later."
            )
        )

        static let all = [
            missingToken, invalidToken, expiredToken, revokedToken, insufficientScope, malformedBody, bodyTooLarge,
            notFound, requestTimeout, rateLimited, internalError, unavailable,
        ]

        private static func unauthorized(_ reason: String, _ message: String, _ cause: String) -> Outcome {
            Outcome(
                shared: reason,
                401,
                .connectError(ConnectError(message, code: nil)),
                cause,
                .assumed(
                    basis: "401 is documented (/connect/api/error_and_status_codes), its body is not; "
                        + "message and header are Doorkeeper's, the shape is the Connect API's."
                )
            )
        }
    }
}

extension Outcome {
    /// The `error` of the `WWW-Authenticate` challenge (RFC 6750 §3) where a bearer token was refused.
    package var bearerChallenge: String? {
        switch self {
        case Shared.missingToken, Shared.invalidToken, Shared.expiredToken, Shared.revokedToken: "invalid_token"
        case Shared.insufficientScope: "insufficient_scope"
        default: nil
        }
    }
}
