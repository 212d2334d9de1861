import ConnectCore
import ConnectStorage
import Hummingbird

/// `POST /v2/oauth/token` and `POST /v2/oauth/token/revoke`.
struct OAuthRoutes {
    let database: SandboxDatabase
    let acceptsBasic: Bool

    func addRoutes(to router: Router<SandboxContext>) {
        router.on(.generateAccessToken, use: token)
        router.on(.revokeAccessToken, use: revoke)
    }

    private func token(_ request: Request, context: SandboxContext) async throws -> Answer<TokenResponse> {
        let (parameters, credentials) = try await read(request)
        let token = try await database.issueToken(TokenRequest(parameters, credentials: credentials))
        return Answer(outcome: Outcome.GenerateAccessToken.success, body: TokenResponse(token))
    }

    private func revoke(_ request: Request, context: SandboxContext) async throws -> Answer<EmptyBody> {
        let (parameters, credentials) = try await read(request)
        let outcome = try await database.revokeToken(RevocationRequest(parameters, credentials: credentials))
        return Answer(outcome: outcome, body: EmptyBody())
    }

    private func read(_ request: Request) async throws -> (RequestFields, ClientCredentials) {
        let parameters = try await request.oauthParameters()
        let credentials = try ClientCredentials(
            parameters,
            basic: request.basicCredentials,
            acceptsBasic: acceptsBasic
        )
        return (parameters, credentials)
    }
}
