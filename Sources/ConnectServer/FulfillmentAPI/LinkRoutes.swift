import ConnectCore
import ConnectStorage
import Hummingbird

/// The link between a Connect user and an Instacart user: made and read.
struct LinkRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        router.on(.linkUser, use: link)
        router.on(.getUserLink, use: status)
    }

    private func link(_ request: Request, context: SandboxContext) async throws -> Answer<SuccessBody> {
        let userID = UserID(rawValue: context.pathParameter("user_id"))
        let outcome = try await database.link(userID, request.jsonFields(), bearer: request.bearerToken)
        return Answer(outcome: outcome, body: SuccessBody())
    }

    private func status(_ request: Request, context: SandboxContext) async throws -> Answer<LinkStatusResponse> {
        let userID = UserID(rawValue: context.pathParameter("user_id"))
        let status = try await database.linkStatus(of: userID, bearer: request.bearerToken)
        return Answer(outcome: status.outcome, body: LinkStatusResponse(status))
    }
}

/// A link as /connect/api/fulfillment/users/get_user_link shows it.
struct LinkStatusResponse: Encodable {
    /// Deprecated; the same as `instacartplus_member`.
    let expressMember: Bool
    let instacartPlusMember: Bool
    /// ISO 8601 in UTC; left out without a current membership.
    let expiredAt: String?

    init(_ status: LinkStatus) {
        expressMember = status.isInstacartPlusMember
        instacartPlusMember = status.isInstacartPlusMember
        expiredAt = status.expiredAt?.iso8601
    }

    enum CodingKeys: String, CodingKey {
        case expressMember = "express_member"
        case instacartPlusMember = "instacartplus_member"
        case expiredAt = "expired_at"
    }
}
