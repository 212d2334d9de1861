import ConnectCore
import ConnectStorage
import TestSupport

extension SandboxDatabase {
    /// An in-memory database that holds a state: the demo's where none is given.
    static func holding(_ state: String? = nil, in world: TestEnvironment) async throws -> SandboxDatabase {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        let document = try state.map { try StateDocument(parsing: $0, source: "state.yaml") } ?? StateDocument.demo()
        try await database.loadMissing([document])
        return database
    }

    func issue(_ parameters: [String: String], to client: TestClient = .demo) async throws -> AccessToken {
        let fields = RequestFields(parameters.mapValues(FieldValue.string))
        return try await issueToken(TokenRequest(fields, credentials: client.credentials()))
    }

    func bearer(of client: TestClient = .demo) async throws -> BearerToken {
        let token = try await issue(
            ["grant_type": "client_credentials", "scope": "connect:fulfillment"],
            to: client
        )
        return BearerToken(rawValue: token.value)
    }

    /// A code as Instacart user 3, the demo's unlinked member, or another consents to.
    func code(
        for instacartUser: Int64 = 3,
        of client: TestClient = .demo,
        adding fields: [String: FieldValue] = [:]
    ) async throws -> AuthorizationCode {
        let body: [String: FieldValue] = [
            "redirect_uri": .string(client.redirectURI), "scope": .string("account_linking"),
        ]
        return try await authorizeInstacartUser(
            String(instacartUser),
            .success(RequestFields(body.merging(fields) { _, given in given })),
            bearer: bearer(of: client)
        )
    }

    func redeem(
        _ code: AuthorizationCode,
        of client: TestClient = .demo,
        adding parameters: [String: String] = [:]
    ) async throws -> AccessToken {
        let grant = [
            "grant_type": "authorization_code", "code": code.value, "redirect_uri": client.redirectURI,
        ]
        return try await issue(grant.merging(parameters) { _, given in given }, to: client)
    }

    func linkingToken(for instacartUser: Int64 = 3, of client: TestClient = .demo) async throws -> AccessToken {
        try await redeem(code(for: instacartUser, of: client), of: client)
    }

    func refresh(
        _ token: AccessToken,
        scope: String? = nil,
        of client: TestClient = .demo
    ) async throws -> AccessToken {
        var grant = ["grant_type": "refresh_token", "refresh_token": token.refreshToken ?? ""]
        grant["scope"] = scope
        return try await issue(grant, to: client)
    }

    func revoke(_ token: String?, by client: TestClient = .demo) async throws -> Outcome {
        let fields = RequestFields(["token": token.map(FieldValue.string) ?? .null])
        return try await revokeToken(RevocationRequest(fields, credentials: client.credentials()))
    }

    func link(_ userID: String, with linkingToken: String, by client: TestClient = .demo) async throws -> Outcome {
        try await link(
            UserID(rawValue: userID),
            .success(RequestFields(["linking_token": .string(linkingToken)])),
            bearer: bearer(of: client)
        )
    }

    func status(of userID: String, for client: TestClient = .demo) async throws -> LinkStatus {
        try await linkStatus(of: UserID(rawValue: userID), bearer: bearer(of: client))
    }

    func newUser(_ userID: String, of client: TestClient = .demo) async throws -> ConnectUser {
        try await createUser(
            .success(RequestFields(["user_id": .string(userID), "first_name": .string("John")])),
            bearer: bearer(of: client)
        )
    }

    func newInstacartUser(
        _ email: String,
        of client: TestClient = .demo,
        adding fields: [String: FieldValue] = [:]
    ) async throws -> Int64 {
        let body: [String: FieldValue] = [
            "email": .string(email), "phone": .string("8005550101"), "password": .string("password"),
        ]
        return try await createInstacartUser(
            .success(RequestFields(body.merging(fields) { _, given in given })),
            bearer: bearer(of: client)
        )
        .rawValue
    }

    func requestDeletion(of userID: String, by client: TestClient = .demo) async throws {
        try await requestDeletion(of: UserID(rawValue: userID), bearer: bearer(of: client))
    }
}
