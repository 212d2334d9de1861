/// The parameters of an authorization code grant, and the rules for redeeming a code (RFC 6749 §4.1.3, RFC 7636 §4.6).
package struct CodeExchange: Equatable, Sendable {
    package let code: String
    package let redirectURI: String?
    package let verifier: String?

    package enum Decision: Equatable, Sendable {
        case redeem(AuthorizationCode)
        /// Refused as a replay; what the code had issued is to be revoked.
        case replayed(Refusal)
    }

    /// Decides in Doorkeeper's order: parameters, client, code, redirect_uri, verifier.
    ///
    /// - Parameters:
    ///   - found: The code with the presented value, if there is one.
    ///   - now: The retailer's time.
    ///   - authenticate: Checks the client; called in its turn.
    /// - Returns: Whether to redeem the code or to end what it had issued.
    /// - Throws: A ``Refusal`` of ``Outcome/GenerateAccessToken`` that changes nothing.
    package func decide(
        _ found: AuthorizationCode?,
        at now: Instant,
        authenticate: () throws(Refusal) -> Application
    ) throws(Refusal) -> Decision {
        typealias Refused = Outcome.GenerateAccessToken
        if let found, found.challenge != nil, found.redeemedAt == nil, verifier == nil {
            throw Refusal(
                Refused.missingCodeVerifier,
                "The code was issued with a code_challenge; code_verifier is missing."
            )
        }
        guard let redirectURI else {
            throw Refusal(Refused.missingRedirectURI, "The parameter redirect_uri is missing.")
        }
        let application = try authenticate()
        guard let found else {
            throw Refusal(Refused.invalidGrant, "No authorization code has this value.")
        }
        guard found.clientID == application.clientID else {
            throw Refusal(
                Refused.codeOfAnotherClient,
                "The code was issued to another application than \(application.clientID)."
            )
        }
        guard found.redeemedAt == nil else {
            return .replayed(
                Refusal(Refused.replayedCode, "The code was redeemed before; what it had issued is revoked.")
            )
        }
        guard now < found.expiresAt else {
            throw Refusal(Refused.expiredCode, "The code expired at \(found.expiresAt); it is \(now).")
        }
        guard redirectURI.isIdentical(to: found.redirectURI) else {
            throw Refusal(
                Refused.redirectURIMismatch,
                "The code was issued for \(RedirectURI.shown(found.redirectURI)); \(RedirectURI.shown(redirectURI)) came."
            )
        }
        try checkVerifier(against: found.challenge)
        return .redeem(found)
    }

    private func checkVerifier(against challenge: CodeChallenge?) throws(Refusal) {
        typealias Refused = Outcome.GenerateAccessToken
        switch (challenge, verifier) {
        case (nil, nil):
            return
        case (nil, .some):
            throw Refusal(
                Refused.unexpectedCodeVerifier,
                "A code_verifier came, but the code was issued without a challenge."
            )
        case (let challenge?, let verifier):
            guard let verifier, challenge.isMet(by: verifier) else {
                throw Refusal(
                    Refused.codeVerifierMismatch,
                    "The code_verifier does not meet the code's \(challenge.method.rawValue) challenge."
                )
            }
        }
    }
}
