import ConnectCore
import ConnectStorage
import Hummingbird

/// Instacart users, made up for testing: created, and made to consent.
struct InstacartUserRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        router.on(.createInstacartUser, use: create)
        router.on(.authorizeInstacartUser, use: authorize)
    }

    private func create(_ request: Request, context: SandboxContext) async throws -> Answer<InstacartUserResponse> {
        let id = try await database.createInstacartUser(request.jsonFields(), bearer: request.bearerToken)
        return Answer(outcome: Outcome.CreateInstacartUser.success, body: InstacartUserResponse(id: id.rawValue))
    }

    private func authorize(_ request: Request, context: SandboxContext) async throws -> Answer<CodeResponse> {
        let code = try await database.authorizeInstacartUser(
            context.pathParameter("user_id"),
            request.jsonFields(),
            bearer: request.bearerToken
        )
        return Answer(outcome: Outcome.AuthorizeInstacartUser.success, body: CodeResponse(code: code.value))
    }
}

/// /connect/api/sandbox/instacart_users/create_instacart_user.
struct InstacartUserResponse: Encodable {
    let id: Int64
}

/// /connect/api/sandbox/instacart_users/authorize_instacart_user.
struct CodeResponse: Encodable {
    let code: String
}
