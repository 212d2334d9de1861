package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// Answers `POST /v2/fulfillment_sandbox/instacart_users`.
    ///
    /// - Parameters:
    ///   - body: The request's fields, or why they could not be read.
    ///   - bearer: The request's bearer token, checked first.
    /// - Returns: The id of the new Instacart user, the next in the retailer's sequence.
    /// - Throws: A ``Refusal`` of ``Outcome/CreateInstacartUser`` or ``Outcome/Shared``.
    package func createInstacartUser(
        _ body: Result<RequestFields, Refusal>,
        bearer: BearerToken?
    ) async throws -> InstacartUserID {
        try await write { db in
            let session = try session(bearer, db)
            let request = try NewInstacartUser(body.get())
            let id = try InstacartUserRecord.nextID(of: session.retailer.key, db)
            guard id.rawValue <= InstacartUserID.largest else {
                throw Refusal(Outcome.Shared.unavailable, "The retailer's Instacart users have used all ids up.")
            }
            let user = InstacartUser(
                id: id,
                email: request.email,
                phone: request.phone,
                passwordHash: PasswordHash(of: request.password, in: environment),
                membership: request.isMember ? .year(from: session.now) : .none
            )
            guard try InstacartUserRecord.insert(user, of: session.retailer.key, db) != nil else {
                throw Refusal(
                    Outcome.CreateInstacartUser.emailTaken,
                    "The retailer has an Instacart user with the e-mail address \(user.email.rawValue) already."
                )
            }
            try InstacartUserRecord.setNextID(user.id.rawValue + 1, of: session.retailer.key, db)
            return user.id
        }
    }

    /// Answers `POST /v2/fulfillment_sandbox/instacart_users/{user_id}/authorize`.
    ///
    /// - Parameters:
    ///   - id: The Instacart user as the path names them; anything but a number is nobody.
    ///   - body: The request's fields, or why they could not be read.
    ///   - bearer: The request's bearer token, checked first. The code is issued to its application.
    /// - Returns: The authorization code.
    /// - Throws: A ``Refusal`` of ``Outcome/AuthorizeInstacartUser`` or ``Outcome/Shared``.
    package func authorizeInstacartUser(
        _ id: String,
        _ body: Result<RequestFields, Refusal>,
        bearer: BearerToken?
    ) async throws -> AuthorizationCode {
        try await write { db in
            let session = try session(bearer, db)
            let fields = try body.get()
            guard
                let userID = InstacartUserID(digits: id),
                let instacartUser = try InstacartUserRecord.find(userID, of: session.retailer, db)
            else {
                throw Refusal(
                    Outcome.AuthorizeInstacartUser.userIDInvalid,
                    "The retailer has no Instacart user \(id)."
                )
            }
            guard let client = try ApplicationRecord.find(key: session.application, db) else {
                preconditionFailure("a token outlived its application")
            }
            let authorization = try SandboxAuthorization(fields, application: client.application)
            return try issueCode(
                for: authorization.scopes,
                redirectURI: authorization.redirectURI,
                challenge: authorization.challenge,
                application: client,
                instacartUser: instacartUser,
                at: session.now,
                db
            )
        }
    }

    /// Makes a code for what an Instacart user consented to, in the browser or by the sandbox's endpoint.
    func issueCode(
        for scopes: ScopeList,
        redirectURI: String,
        challenge: CodeChallenge?,
        application: ApplicationRecord,
        instacartUser: InstacartUserRecord,
        at now: Instant,
        _ db: Database
    ) throws -> AuthorizationCode {
        let code = AuthorizationCode(
            value: environment.randomToken(),
            clientID: application.application.clientID,
            instacartUserID: instacartUser.user.id,
            redirectURI: redirectURI,
            scopes: scopes,
            challenge: challenge,
            expiresAt: now.adding(seconds: choices.codeLifetime).capped,
            redeemedAt: nil
        )
        try CodeRecord.insert(code, for: application.key, instacartUser: instacartUser.key, db)
        return code
    }
}
