import ConnectCore
import ConnectStorage
import Hummingbird

/// Connect users: created, and asked to be deleted.
struct UserRoutes {
    let database: SandboxDatabase
    let choices: Choices

    func addRoutes(to router: Router<SandboxContext>) {
        router.on(.createUser, use: create)
        router.on(.createUserDeletionRequest, use: requestDeletion)
    }

    private func create(_ request: Request, context: SandboxContext) async throws -> Answer<ConnectUserResponse> {
        let user = try await database.createUser(request.jsonFields(), bearer: request.bearerToken)
        let capitalizes = choices.assumptions.contains(.namesCapitalized)
        return Answer(
            outcome: Outcome.CreateUser.success,
            body: ConnectUserResponse(user, capitalizingNames: capitalizes)
        )
    }

    private func requestDeletion(_ request: Request, context: SandboxContext) async throws -> Answer<SuccessBody> {
        let userID = UserID(rawValue: context.pathParameter("user_id"))
        try await database.requestDeletion(of: userID, bearer: request.bearerToken)
        return Answer(outcome: Outcome.CreateUserDeletionRequest.success, body: SuccessBody())
    }
}

/// A Connect user as /connect/api/fulfillment/users/create_user shows it.
///
/// What was not given is left out.
struct ConnectUserResponse: Encodable {
    let userID: String
    let firstName: String
    let lastName: String?
    let phoneNumber: String?

    init(_ user: ConnectUser, capitalizingNames: Bool) {
        func shown(_ name: String) -> String {
            capitalizingNames ? name.prefix(1).uppercased() + name.dropFirst() : name
        }
        userID = user.userID.rawValue
        firstName = shown(user.firstName)
        lastName = user.lastName.map(shown)
        phoneNumber = user.phoneNumber
    }

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case phoneNumber = "phone_number"
    }
}
