/// What `POST /v2/oauth/token` asks for, before anything is looked up.
package struct TokenRequest: Equatable, Sendable {
    package enum Grant: Equatable, Sendable {
        case clientCredentials
        case authorizationCode(CodeExchange)
        case refreshToken(String)
        case userAssertion(GrantType, assertion: String?)

        package var grantType: GrantType {
            switch self {
            case .clientCredentials: .clientCredentials
            case .authorizationCode: .authorizationCode
            case .refreshToken: .refreshToken
            case .userAssertion(let grantType, _): grantType
            }
        }
    }

    package let credentials: ClientCredentials
    package let grant: Grant
    /// The `scope` parameter; nil where it is left out.
    package let scope: String?

    /// Reads the parameters in Doorkeeper's order: the grant type first, then what the grant needs.
    ///
    /// - Parameters:
    ///   - parameters: The request's body.
    ///   - credentials: The client's credentials.
    /// - Throws: A ``Refusal`` of ``Outcome/GenerateAccessToken``, or ``Outcome/Shared/malformedBody``.
    package init(_ parameters: RequestFields, credentials: ClientCredentials) throws(Refusal) {
        typealias Refused = Outcome.GenerateAccessToken
        self.credentials = credentials
        scope = try parameters.parameter("scope").flatMap { ScopeList.words(of: $0).isEmpty ? nil : $0 }
        guard let name = try parameters.parameter("grant_type") else {
            throw Refusal(Refused.missingGrantType, "The parameter grant_type is missing.")
        }
        guard let grantType = GrantType(rawValue: name) else {
            throw Refusal(
                Refused.unsupportedGrantType,
                """
                The grant_type \(name) is none of client_credentials, authorization_code, refresh_token, \
                fulfillment_user_assertion and urn:ietf:params:oauth:grant-type:retailer-json-bearer.
                """
            )
        }
        switch grantType {
        case .clientCredentials:
            grant = .clientCredentials
        case .authorizationCode:
            guard let code = try parameters.parameter("code") else {
                throw Refusal(Refused.missingCode, "The parameter code is missing.")
            }
            grant = .authorizationCode(
                CodeExchange(
                    code: code,
                    redirectURI: try parameters.parameter("redirect_uri"),
                    verifier: try parameters.parameter("code_verifier")
                )
            )
        case .refreshToken:
            guard let refreshToken = try parameters.parameter("refresh_token") else {
                throw Refusal(Refused.missingRefreshToken, "The parameter refresh_token is missing.")
            }
            grant = .refreshToken(refreshToken)
        case .fulfillmentUserAssertion, .retailerJSONBearer:
            grant = .userAssertion(grantType, assertion: try parameters.parameter("assertion"))
        }
    }

    /// Checks the client.
    ///
    /// - Parameter application: The application with the presented client ID, if there is one.
    /// - Returns: The application.
    /// - Throws: A ``Refusal`` with one of the `invalid_client` outcomes.
    package func authenticate(_ application: Application?) throws(Refusal) -> Application {
        typealias Refused = Outcome.GenerateAccessToken
        let flaw = credentials.flaw(for: application)
        guard let application, flaw == nil else {
            throw Refusal(
                credentials.usesRefusedMethod ? Refused.basicClient : Refused.invalidClient,
                flaw ?? "No application has this client_id."
            )
        }
        guard application.isEnabled else {
            throw Refusal(
                Refused.disabledClient,
                "The application \(application.clientID) is disabled and gets no new tokens."
            )
        }
        return application
    }

    /// Settles the scopes of the token, for every grant but the authorization code, whose scopes its code holds.
    ///
    /// - Parameter application: The authenticated application.
    /// - Returns: What was asked for, or, where nothing was, all that the application has for this grant.
    /// - Throws: ``Outcome/GenerateAccessToken/invalidScope``.
    package func grantedScopes(of application: Application) throws(Refusal) -> ScopeList {
        guard let scope else { return application.scopes.paired(with: grant.grantType) }
        let requested = try ScopeList(requested: scope)
        guard application.scopes.contains(requested) else {
            throw Refusal(
                Outcome.GenerateAccessToken.invalidScope,
                "The application has the scopes \(application.scopes), not all of \(requested)."
            )
        }
        guard requested.paired(with: grant.grantType) == requested else {
            throw Refusal(
                Outcome.GenerateAccessToken.invalidScope,
                "The grant \(grant.grantType.rawValue) does not give all of \(requested)."
            )
        }
        return requested
    }
}

extension ScopeList {
    init(requested scope: String) throws(Refusal) {
        do throws(UnknownScope) {
            try self.init(parsing: scope)
        } catch {
            throw Refusal(Outcome.GenerateAccessToken.invalidScope, "There is no scope \(error.word).")
        }
    }
}
