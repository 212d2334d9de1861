/// What `POST /v2/fulfillment_sandbox/instacart_users/{user_id}/authorize` asks for, checked against the application
/// of the bearer token.
///
/// Source: /connect/api/sandbox/instacart_users/authorize_instacart_user.
package struct SandboxAuthorization: Equatable, Sendable {
    package let redirectURI: String
    package let scopes: ScopeList
    package let challenge: CodeChallenge?

    /// - Parameters:
    ///   - fields: The request's body.
    ///   - application: The application of the bearer token.
    /// - Throws: A ``Refusal`` of ``Outcome/AuthorizeInstacartUser``.
    package init(_ fields: RequestFields, application: Application) throws(Refusal) {
        typealias Refused = Outcome.AuthorizeInstacartUser
        var check = FieldValidation(fields)
        let redirectURI = check.required(
            "redirect_uri",
            blank: Refused.redirectURIBlank,
            invalid: Refused.redirectURIInvalid
        )
        let scope = check.required("scope", blank: Refused.scopeBlank, invalid: Refused.scopeInvalid)
        let challenge = check.optional("code_challenge", invalid: Refused.codeChallengeInvalid)
        let method = check.optional("code_challenge_method", invalid: Refused.codeChallengeMethodInvalid)
        if let redirectURI, !application.isRegistered(redirectURI) {
            check.refuse(
                Refused.redirectURIInvalid,
                "The redirect_uri \(RedirectURI.shown(redirectURI)) is not registered for \(application.clientID)."
            )
        }
        let scopes = scope.flatMap { check.linkingScopes(parsing: $0, of: application) }
        let codeChallenge = check.codeChallenge(challenge, method: method)
        try check.finish(multiple: Refused.multipleErrors)
        guard let redirectURI, let scopes else { preconditionFailure("a missing required field was not refused") }
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.challenge = codeChallenge
    }
}

extension FieldValidation {
    fileprivate mutating func linkingScopes(parsing scope: String, of application: Application) -> ScopeList? {
        do throws(LinkingScopesFlaw) {
            return try application.linkingScopes(parsing: scope)
        } catch {
            refuse(Outcome.AuthorizeInstacartUser.scopeInvalid, error.reason)
            return nil
        }
    }

    /// Reads the challenge.
    ///
    /// RFC 7636 would take a missing method for `plain`; Doorkeeper refuses it.
    fileprivate mutating func codeChallenge(_ challenge: String?, method: String?) -> CodeChallenge? {
        let refused = Outcome.AuthorizeInstacartUser.codeChallengeMethodInvalid
        guard let challenge else { return nil }
        guard let method else {
            if !hasRefused(refused) {
                refuse(refused, "A code_challenge came without code_challenge_method; plain or S256 was expected.")
            }
            return nil
        }
        guard let known = CodeChallenge.Method(rawValue: method) else {
            refuse(refused, "The code_challenge_method \(method) is neither plain nor S256.")
            return nil
        }
        return CodeChallenge(value: challenge, method: known)
    }
}
