import ConnectCore
import Foundation
import Hummingbird

/// Refuses credentials in the query string of the OAuth endpoints, before anything else: they end up in logs.
///
/// Source: /connect/api/access_tokens and /connect/api/oauth/revoke_access_token.
struct QueryCredentialsGuard: RouterMiddleware {
    private static let credentials: Set<String> = [
        "client_id", "client_secret", "code", "assertion", "refresh_token", "code_verifier", "token",
    ]
    private static let outcomes: [String: Outcome] = [
        Endpoint.generateAccessToken.path: Outcome.GenerateAccessToken.queryParamsForbidden,
        Endpoint.revokeAccessToken.path: Outcome.RevokeAccessToken.queryParamsForbidden,
    ]

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard let outcome = Self.outcomes[request.uri.path], request.uri.query != nil else {
            return try await next(request, context)
        }
        let names = request.uri.queryParameters.map { String($0.key).removingPercentEncoding ?? String($0.key) }
        if let name = names.first(where: Self.credentials.contains) {
            throw Refusal(outcome, "The query string holds \(name); it belongs in the body.")
        }
        return try await next(request, context)
    }
}
