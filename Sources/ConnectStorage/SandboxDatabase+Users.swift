package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// Answers `POST /v2/fulfillment/users`.
    ///
    /// - Parameters:
    ///   - body: The request's fields, or why they could not be read.
    ///   - bearer: The request's bearer token, checked first.
    /// - Returns: The new Connect user.
    /// - Throws: A ``Refusal`` of ``Outcome/CreateUser`` or ``Outcome/Shared``.
    package func createUser(
        _ body: Result<RequestFields, Refusal>,
        bearer: BearerToken?
    ) async throws -> ConnectUser {
        try await write { db in
            let session = try session(bearer, db)
            let user = try ConnectUser(creating: body.get())
            guard try ConnectUserRecord.insert(user, of: session.retailer.key, db) != nil else {
                throw Refusal(
                    Outcome.CreateUser.userIDTaken,
                    "The retailer has a Connect user \(user.userID) already."
                )
            }
            return user
        }
    }

    /// Answers `POST /v2/fulfillment/users/{user_id}/privacy_request`: the Connect user is not active from now on.
    ///
    /// - Parameters:
    ///   - userID: The Connect user.
    ///   - bearer: The request's bearer token, checked first.
    /// - Throws: A ``Refusal`` of ``Outcome/CreateUserDeletionRequest`` or ``Outcome/Shared``.
    package func requestDeletion(of userID: UserID, bearer: BearerToken?) async throws {
        try await write { db in
            let session = try session(bearer, db)
            try db.cachedStatement(sql: "UPDATE connectUser SET isActive = 0 WHERE retailer = ? AND userID = ?")
                .execute(arguments: [session.retailer.key, userID.rawValue.key])
            guard db.changesCount == 1 else {
                throw Refusal(
                    Outcome.CreateUserDeletionRequest.userNotFound,
                    "The retailer has no Connect user \(userID)."
                )
            }
        }
    }
}
