package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// Answers `POST /v2/fulfillment/users/{user_id}/link`.
    ///
    /// - Parameters:
    ///   - userID: The Connect user.
    ///   - body: The request's fields, or why they could not be read.
    ///   - bearer: The request's bearer token, checked first.
    /// - Returns: Which success it was.
    /// - Throws: A ``Refusal`` of ``Outcome/LinkUser`` or ``Outcome/Shared``.
    package func link(
        _ userID: UserID,
        _ body: Result<RequestFields, Refusal>,
        bearer: BearerToken?
    ) async throws -> Outcome {
        try await write { db in
            let session = try session(bearer, db)
            let fields = try body.get()
            let user = try activeUser(
                userID,
                of: session,
                notFound: Outcome.LinkUser.userNotFound,
                notActive: Outcome.LinkUser.userNotActive,
                db
            )
            let found = try TokenRecord.find(Linking.linkingToken(in: fields), db)
            let instacartUser = try Linking.instacartUser(
                of: found?.token,
                isOfRetailer: found?.retailer == session.retailer,
                at: session.now
            )
            guard let instacartUserKey = found?.instacartUser else {
                preconditionFailure("a linking token without an Instacart user was not refused")
            }
            let outcome = try Linking.decide(
                linking: userID,
                to: instacartUser,
                linkedInstacartUser: LinkRecord.instacartUser(linkedTo: user.key, db),
                linkedConnectUser: LinkRecord.connectUser(linkedTo: instacartUserKey, db),
                choices: choices
            )
            if outcome == Outcome.LinkUser.success {
                try LinkRecord.insert(connectUser: user.key, instacartUser: instacartUserKey, db)
            }
            return outcome
        }
    }

    /// Answers `GET /v2/fulfillment/users/{user_id}/link`.
    ///
    /// - Parameters:
    ///   - userID: The Connect user.
    ///   - bearer: The request's bearer token, checked first.
    /// - Returns: The membership of the Instacart user that the Connect user is linked to.
    /// - Throws: A ``Refusal`` of ``Outcome/GetUserLink`` or ``Outcome/Shared``.
    package func linkStatus(of userID: UserID, bearer: BearerToken?) async throws -> LinkStatus {
        try await read { db in
            let session = try session(bearer, db)
            let user = try activeUser(
                userID,
                of: session,
                notFound: Outcome.GetUserLink.userNotFound,
                notActive: Outcome.GetUserLink.userNotActive,
                db
            )
            guard let membership = try LinkRecord.membership(linkedTo: user.key, db) else {
                throw Refusal(Outcome.GetUserLink.userNotLinked, "The Connect user \(userID) is not linked.")
            }
            return LinkStatus(membership, at: session.now)
        }
    }

    private func activeUser(
        _ userID: UserID,
        of session: Session,
        notFound: Outcome,
        notActive: Outcome,
        _ db: Database
    ) throws -> ConnectUserRecord {
        guard let found = try ConnectUserRecord.find(userID, of: session.retailer, db) else {
            throw Refusal(notFound, "The retailer has no Connect user \(userID).")
        }
        guard found.user.isActive else {
            throw Refusal(notActive, "The deletion of the Connect user \(userID) was requested.")
        }
        return found
    }
}
