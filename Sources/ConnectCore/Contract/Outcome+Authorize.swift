extension Outcome {
    /// Answers of the authorization URL.
    ///
    /// What is wrong with a request is told on a page; nothing is ever sent to an address that is not registered.
    package enum Authorize {
        private static let conceptPage = "/connect/fulfillment_guide/concepts/account_linking"

        package static let success = Outcome(
            .authorize,
            "success",
            302,
            .redirect(example: "https://example.org/account/profile?code=<authorization_code>&state=<state>"),
            "The Instacart user allowed it. A posted form is answered 303."
        )
        package static let rememberedConsent = Outcome(
            .authorize,
            "success_remembered",
            302,
            .redirect(example: "https://example.org/account/profile?code=<authorization_code>&state=<state>"),
            "The Instacart user who is signed in allowed it before.",
            .assumed(
                basis: "Nothing is documented; Doorkeeper skips the page where consent was given.",
                turnedBy: .consentRemembered
            )
        )
        package static let accessDenied = Outcome(
            .authorize,
            "access_denied",
            302,
            .redirect(
                example: "https://example.org/account/profile?error=access_denied"
                    + "&error_description=The+resource+owner+or+authorization+server+denied+the+request.&state=<state>"
            ),
            "The Instacart user denied it. A posted form is answered 303.",
            .assumed(basis: "The button is documented, the redirect is not; it is Doorkeeper's (RFC 6749 §4.1.2.1).")
        )
        package static let loginPage = Outcome(
            .authorize,
            "login_page",
            200,
            .page,
            "Nobody is signed in.",
            .documented(page: conceptPage)
        )
        package static let consentPage = Outcome(
            .authorize,
            "consent_page",
            200,
            .page,
            "An Instacart user is signed in.",
            .documented(page: conceptPage)
        )
        package static let signedIn = Outcome(
            .authorize,
            "signed_in",
            303,
            .redirect(example: "/oauth/authorize?…"),
            "An Instacart user signed in, or out, and is sent on to the next page.",
            .assumed(basis: "The pages are documented (\(conceptPage)), the way from one to the next is not.")
        )
        package static let wrongPassword = assumed(
            "wrong_password",
            401,
            OAuthError("access_denied", "Wrong email or password."),
            "No Instacart user of the retailer has this e-mail address and password."
        )
        package static let forgedForm = assumed(
            "forged_form",
            400,
            OAuthError("invalid_request", "The form is not one of this session, or was sent before."),
            "A form came from another site, without the session's anti-forgery token, or a second time."
        )
        package static let repeatedParameter = assumed(
            "invalid_request_repeated",
            400,
            .malformedRequest,
            "A parameter of the request is repeated."
        )
        package static let malformedQuery = assumed(
            "invalid_request_malformed",
            400,
            .malformedRequest,
            "The query is not well-formed, or its code_challenge holds control characters."
        )
        package static let missingClientID = missing("client_id")
        package static let missingResponseType = missing("response_type")
        package static let missingScope = missing("scope")
        package static let invalidClient = assumed(
            "invalid_client",
            401,
            .invalidClient,
            "No application has the client_id."
        )
        package static let disabledClient = assumed(
            "invalid_client_disabled",
            401,
            .invalidClient,
            "The application is disabled."
        )
        package static let invalidRedirectURI = assumed(
            "invalid_redirect_uri",
            400,
            OAuthError(
                "invalid_redirect_uri",
                "The requested redirect uri is malformed or doesn't match client redirect URI."
            ),
            "The redirect_uri is missing, or not registered for the application."
        )
        package static let unsupportedResponseType = assumed(
            "unsupported_response_type",
            400,
            OAuthError(
                "unsupported_response_type",
                "The authorization server does not support this response type."
            ),
            "The response_type is not code."
        )
        package static let invalidScope = assumed(
            "invalid_scope",
            400,
            .invalidScope,
            "A scope is unknown, not the application's, or not one that an authorization code gives."
        )
        package static let invalidCodeChallengeMethod = assumed(
            "invalid_code_challenge_method",
            400,
            OAuthError("invalid_code_challenge_method", "The code challenge method must be plain or S256."),
            "A code_challenge came without a method, or with an unknown one."
        )
        package static let invalidScript = assumed(
            "invalid_script",
            400,
            .malformedRequest,
            "The sandbox_user is no Instacart user of the retailer, or sandbox_decision is neither allow nor deny."
        )

        static let all = [
            success, rememberedConsent, accessDenied, loginPage, consentPage, signedIn, wrongPassword, forgedForm,
            repeatedParameter, malformedQuery, missingClientID, missingResponseType, missingScope, invalidClient,
            disabledClient, invalidRedirectURI, unsupportedResponseType, invalidScope, invalidCodeChallengeMethod,
            invalidScript,
        ]

        private static func missing(_ parameter: String) -> Outcome {
            assumed("invalid_request_\(parameter)", 400, .missing(parameter), "The parameter \(parameter) is missing.")
        }

        private static func assumed(_ reason: String, _ status: Int, _ error: OAuthError, _ cause: String) -> Outcome {
            Outcome(
                .authorize,
                reason,
                status,
                .errorPage(error),
                cause,
                .assumed(basis: "Undocumented; Doorkeeper renders an error page with this error and does not redirect.")
            )
        }
    }
}
