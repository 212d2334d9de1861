extension Outcome {
    /// The outcome catalogue: every answer that the sandbox can give for Instacart, endpoint by endpoint, shared ones last.
    package static let catalogue: [Outcome] = Endpoint.allCases.flatMap(outcomes(of:)) + Shared.all

    /// The answers of one endpoint, without those that every endpoint shares.
    ///
    /// - Parameter endpoint: The endpoint.
    /// - Returns: Its outcomes, successes first.
    package static func outcomes(of endpoint: Endpoint) -> [Outcome] {
        switch endpoint {
        case .generateAccessToken: GenerateAccessToken.all
        case .revokeAccessToken: RevokeAccessToken.all
        case .createUser: CreateUser.all
        case .createUserDeletionRequest: CreateUserDeletionRequest.all
        case .linkUser: LinkUser.all
        case .getUserLink: GetUserLink.all
        case .createInstacartUser: CreateInstacartUser.all
        case .authorizeInstacartUser: AuthorizeInstacartUser.all
        case .authorize: Authorize.all
        }
    }
}
