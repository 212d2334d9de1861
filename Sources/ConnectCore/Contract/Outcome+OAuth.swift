extension Outcome {
    /// Answers of `POST /v2/oauth/token`.
    ///
    /// The reason begins with the OAuth error it is sent as.
    package enum GenerateAccessToken {
        private static let linkingTokenPage = "/connect/api/fulfillment/users/generate_linking_token"

        package static let success = Outcome(
            .generateAccessToken,
            "success",
            200,
            .success(
                example: """
                    {"access_token":"mhtEdMZYPypuW_I0fYken8cAqE7llDaoNefHSeVj9u4","token_type":"Bearer",\
                    "expires_in":86400,"scope":"connect:fulfillment","created_at":1603897760}
                    """
            ),
            "A token is issued. The authorization code and refresh grants add a refresh_token."
        )
        package static let queryParamsForbidden = Outcome(
            .generateAccessToken,
            "query_params_forbidden",
            403,
            .oauthError(.queryParamsForbidden),
            "Credentials, a code, an assertion or a token came in the query string."
        )
        package static let missingGrantType = missing("grant_type")
        package static let missingCode = missing("code")
        package static let missingRedirectURI = missing("redirect_uri")
        package static let missingCodeVerifier = missing("code_verifier")
        package static let missingRefreshToken = missing("refresh_token")
        package static let unsupportedGrantType = assumed(
            "unsupported_grant_type",
            400,
            .unsupportedGrantType,
            "The grant type is none of the five."
        )
        package static let invalidClient = Outcome(
            .generateAccessToken,
            "invalid_client",
            401,
            .oauthError(.invalidClient),
            "The client ID is unknown, or the secret is wrong or missing.",
            .documented(page: linkingTokenPage)
        )
        package static let disabledClient = assumed(
            "invalid_client_disabled",
            401,
            .invalidClient,
            "The application is disabled.",
            basis: "/developer_dashboard/oauth_applications says that a disabled application cannot issue tokens, "
                + "not what it is answered."
        )
        package static let basicClient = assumed(
            "invalid_client_basic",
            401,
            .invalidClient,
            "The credentials came as HTTP Basic authentication instead of in the body.",
            basis: "/connect/api/access_tokens documents credentials in the body only."
        )
        package static let invalidGrant = Outcome(
            .generateAccessToken,
            "invalid_grant",
            400,
            .oauthError(.invalidGrant),
            "No authorization code has this value.",
            .documented(page: linkingTokenPage)
        )
        package static let redirectURIMismatch = Outcome(
            .generateAccessToken,
            "invalid_grant_redirect_uri",
            400,
            .oauthError(.invalidGrant),
            "The redirect_uri is not the one that the code was issued for. The code stays good.",
            .documented(page: linkingTokenPage)
        )
        package static let expiredCode = assumedGrant("expired", "The authorization code is past its 600 seconds.")
        package static let replayedCode = assumedGrant(
            "replayed",
            "The authorization code was redeemed before. What it had issued is revoked.",
            basis: "RFC 6749 §4.1.2; the description is the documented one for invalid_grant."
        )
        package static let codeOfAnotherClient = assumedGrant(
            "other_client",
            "The authorization code was issued to another application."
        )
        package static let codeVerifierMismatch = assumedGrant(
            "code_verifier",
            "The code_verifier does not meet the code's challenge. The code stays good.",
            basis: "RFC 7636 §4.6; the description is the documented one for invalid_grant."
        )
        package static let unexpectedCodeVerifier = assumedGrant(
            "unexpected_code_verifier",
            "A code_verifier came for a code that was issued without a challenge."
        )
        package static let invalidRefreshToken = assumedGrant(
            "refresh_token",
            "The refresh token is unknown, was used or revoked, or is another application's."
        )
        package static let invalidAssertion = assumedGrant(
            "assertion",
            "The assertion is missing, is not Base64 of JSON with a user_id, or names no active user."
        )
        package static let invalidScope = assumed(
            "invalid_scope",
            400,
            .invalidScope,
            "A scope is unknown, not the application's, not paired with the grant, or wider than what is refreshed.",
            basis: "Doorkeeper's answer (RFC 6749 §5.2); the pairs are those of /connect/api/permissions_scopes."
        )

        static let all = [
            success, queryParamsForbidden, missingGrantType, missingCode, missingRedirectURI, missingCodeVerifier,
            missingRefreshToken, unsupportedGrantType, invalidClient, disabledClient, basicClient, invalidGrant,
            redirectURIMismatch, expiredCode, replayedCode, codeOfAnotherClient, codeVerifierMismatch,
            unexpectedCodeVerifier, invalidRefreshToken, invalidAssertion, invalidScope,
        ]

        private static func missing(_ parameter: String) -> Outcome {
            assumed("invalid_request_\(parameter)", 400, .missing(parameter), "The parameter \(parameter) is missing.")
        }

        private static func assumedGrant(
            _ reason: String,
            _ cause: String,
            basis: String = "Doorkeeper refuses it with invalid_grant; the description is the documented one."
        ) -> Outcome {
            assumed("invalid_grant_\(reason)", 400, .invalidGrant, cause, basis: basis)
        }

        private static func assumed(
            _ reason: String,
            _ status: Int,
            _ error: OAuthError,
            _ cause: String,
            basis: String = "Doorkeeper's answer, whose texts Instacart's documented rows repeat (RFC 6749 §5.2)."
        ) -> Outcome {
            Outcome(.generateAccessToken, reason, status, .oauthError(error), cause, .assumed(basis: basis))
        }
    }

    /// Answers of `POST /v2/oauth/token/revoke`.
    package enum RevokeAccessToken {
        package static let success = Outcome(
            .revokeAccessToken,
            "success",
            200,
            .success(example: "{}"),
            "The token, access or refresh, is revoked together with the one issued beside it."
        )
        package static let unknownToken = Outcome(
            .revokeAccessToken,
            "success_unknown_token",
            200,
            .success(example: "{}"),
            "The token is missing or unknown: there is nothing to revoke.",
            .assumed(basis: "RFC 7009 §2.2, and Doorkeeper.")
        )
        package static let endedToken = Outcome(
            .revokeAccessToken,
            "success_ended_token",
            200,
            .success(example: "{}"),
            "The token was revoked before, or expired.",
            .assumed(basis: "RFC 7009 §2.2, and Doorkeeper.")
        )
        package static let queryParamsForbidden = Outcome(
            .revokeAccessToken,
            "query_params_forbidden",
            403,
            .oauthError(.queryParamsForbidden),
            "Credentials, a code, an assertion or a token came in the query string."
        )
        package static let unauthorizedClient = Outcome(
            .revokeAccessToken,
            "unauthorized_client",
            403,
            .oauthError(.unauthorizedToRevoke),
            "The token was issued to another application; a clone is one."
        )
        package static let unauthenticatedClient = Outcome(
            .revokeAccessToken,
            "unauthorized_client_credentials",
            403,
            .oauthError(.unauthorizedToRevoke),
            "The client ID is unknown, or the secret is wrong, missing or not in the body.",
            .assumed(basis: "Doorkeeper answers its revocation error, the documented one, for any client it rejects.")
        )

        static let all = [
            success, unknownToken, endedToken, queryParamsForbidden, unauthorizedClient, unauthenticatedClient,
        ]
    }
}
