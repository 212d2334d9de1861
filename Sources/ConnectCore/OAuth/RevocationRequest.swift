/// What `POST /v2/oauth/token/revoke` asks for.
///
/// Source: /connect/api/oauth/revoke_access_token; RFC 7009.
package struct RevocationRequest: Equatable, Sendable {
    package let credentials: ClientCredentials
    /// An access token or a refresh token; `token_type_hint` is not needed to tell them apart.
    package let token: String?

    /// - Parameters:
    ///   - parameters: The request's body.
    ///   - credentials: The client's credentials.
    /// - Throws: ``Outcome/Shared/malformedBody`` where a parameter is not a string.
    package init(_ parameters: RequestFields, credentials: ClientCredentials) throws(Refusal) {
        self.credentials = credentials
        token = try parameters.parameter("token")
    }

    /// Decides what comes of the request.
    ///
    /// - Parameters:
    ///   - application: The application with the presented client ID, if there is one.
    ///   - found: The token with the presented value, if there is one.
    ///   - now: The time of the token's retailer.
    /// - Returns: The outcome; ``Outcome/RevokeAccessToken/success`` where the token is now to be revoked.
    /// - Throws: A ``Refusal`` of ``Outcome/RevokeAccessToken``.
    package func decide(
        application: Application?,
        token found: AccessToken?,
        at now: Instant
    ) throws(Refusal) -> Outcome {
        typealias Answers = Outcome.RevokeAccessToken
        let flaw = credentials.flaw(for: application)
        guard let application, flaw == nil else {
            throw Refusal(Answers.unauthenticatedClient, flaw ?? "No application has this client_id.")
        }
        guard let found else { return Answers.unknownToken }
        guard found.clientID == application.clientID else {
            throw Refusal(
                Answers.unauthorizedClient,
                "The token was issued to another application than \(application.clientID)."
            )
        }
        guard found.revokedAt == nil else { return Answers.endedToken }
        let isSpent = found.state(at: now) == .expired && found.refreshToken == nil
        return isSpent ? Answers.endedToken : Answers.success
    }
}
