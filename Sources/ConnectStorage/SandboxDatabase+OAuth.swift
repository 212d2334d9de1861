package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// Answers `POST /v2/oauth/token`: authenticates the client, checks the grant and issues a token.
    ///
    /// - Parameter request: The decoded request.
    /// - Returns: The new token.
    /// - Throws: A ``Refusal`` of ``Outcome/GenerateAccessToken``. A replayed code's refusal leaves one change behind:
    ///   what the code had issued is revoked.
    package func issueToken(_ request: TokenRequest) async throws -> AccessToken {
        let result: Result<AccessToken, Refusal> = try await write { db in
            let client = try request.credentials.clientID.flatMap { try ApplicationRecord.find($0, db) }
            switch request.grant {
            case .clientCredentials:
                return .success(try issueToApplication(request, client, db))
            case .authorizationCode(let exchange):
                return try redeem(exchange, request, client, db)
            case .refreshToken(let refreshToken):
                return .success(try refresh(refreshToken, request, client, db))
            case .userAssertion(_, let assertion):
                return .success(try issueToConnectUser(assertion, request, client, db))
            }
        }
        return try result.get()
    }

    /// Answers `POST /v2/oauth/token/revoke`.
    ///
    /// - Parameter request: The decoded request.
    /// - Returns: Which success it was.
    /// - Throws: A ``Refusal`` of ``Outcome/RevokeAccessToken``.
    package func revokeToken(_ request: RevocationRequest) async throws -> Outcome {
        try await write { db in
            let client = try request.credentials.clientID.flatMap { try ApplicationRecord.find($0, db) }
            let found = try request.token.flatMap {
                try TokenRecord.find($0, db) ?? TokenRecord.find(refreshToken: $0, db)
            }
            let now = (found?.retailer.clock ?? .real).now(at: environment.now())
            let outcome = try request.decide(application: client?.application, token: found?.token, at: now)
            if let found, outcome == Outcome.RevokeAccessToken.success {
                try TokenRecord.revoke(found.token.value, at: now, db)
            }
            return outcome
        }
    }

    private func issueToApplication(
        _ request: TokenRequest,
        _ client: ApplicationRecord?,
        _ db: Database
    ) throws -> AccessToken {
        let (owner, application) = try authenticated(client, by: request)
        let scopes = try request.grantedScopes(of: application)
        return try issue(scopes, .application, at: owner, TokenRecord.Owner(application: owner.key), db)
    }

    private func issueToConnectUser(
        _ assertion: String?,
        _ request: TokenRequest,
        _ client: ApplicationRecord?,
        _ db: Database
    ) throws -> AccessToken {
        let (owner, application) = try authenticated(client, by: request)
        let assertion = try UserAssertion(assertion)
        let found = try ConnectUserRecord.find(assertion.userID, of: owner.retailer, db)
        let user = try assertion.subject(found?.user)
        let scopes = try request.grantedScopes(of: application)
        return try issue(
            scopes,
            .connectUser(user.userID),
            at: owner,
            TokenRecord.Owner(application: owner.key, connectUser: found?.key),
            db
        )
    }

    private func redeem(
        _ exchange: CodeExchange,
        _ request: TokenRequest,
        _ client: ApplicationRecord?,
        _ db: Database
    ) throws -> Result<AccessToken, Refusal> {
        let found = try CodeRecord.find(exchange.code, db)
        let now = (client?.retailer.clock ?? .real).now(at: environment.now())
        let decision = try exchange.decide(found?.code, at: now) { () throws(Refusal) in
            try request.authenticate(client?.application)
        }
        switch decision {
        case .replayed(let refusal):
            try TokenRecord.revokeAll(issuedFrom: exchange.code, at: now, db)
            return .failure(refusal)
        case .redeem(let code):
            guard let owner = client else { preconditionFailure("a client without an application was not refused") }
            try CodeRecord.markRedeemed(code.value, at: now, db)
            let tokenOwner = TokenRecord.Owner(
                application: owner.key,
                instacartUser: found?.instacartUser,
                authorizationCode: code.value
            )
            return .success(
                try issue(code.scopes, .instacartUser(code.instacartUserID), at: owner, tokenOwner, db)
            )
        }
    }

    private func refresh(
        _ refreshToken: String,
        _ request: TokenRequest,
        _ client: ApplicationRecord?,
        _ db: Database
    ) throws -> AccessToken {
        let (owner, application) = try authenticated(client, by: request)
        let found = try TokenRecord.find(refreshToken: refreshToken, db)
        let (old, scopes) = try RefreshExchange.decide(found?.token, for: application, scope: request.scope)
        try TokenRecord.revoke(old.value, at: owner.retailer.clock.now(at: environment.now()), db)
        let tokenOwner = TokenRecord.Owner(
            application: owner.key,
            connectUser: found?.connectUser,
            instacartUser: found?.instacartUser,
            authorizationCode: found?.authorizationCode
        )
        return try issue(scopes, old.subject, at: owner, tokenOwner, db)
    }

    private func authenticated(
        _ client: ApplicationRecord?,
        by request: TokenRequest
    ) throws(Refusal) -> (ApplicationRecord, Application) {
        let application = try request.authenticate(client?.application)
        guard let client else { preconditionFailure("a client without an application was not refused") }
        return (client, application)
    }

    /// Makes a token by the retailer's clock.
    ///
    /// One that stands for an Instacart user has a refresh token beside it.
    private func issue(
        _ scopes: ScopeList,
        _ subject: AccessToken.Subject,
        at client: ApplicationRecord,
        _ owner: TokenRecord.Owner,
        _ db: Database
    ) throws -> AccessToken {
        let now = client.retailer.clock.now(at: environment.now())
        let token = AccessToken(
            value: environment.randomToken(),
            refreshToken: owner.instacartUser == nil ? nil : environment.randomToken(),
            clientID: client.application.clientID,
            scopes: scopes,
            subject: subject,
            createdAt: now,
            expiresAt: now.adding(seconds: choices.tokenLifetime).capped,
            revokedAt: nil
        )
        try TokenRecord.insert(token, for: owner, db)
        return token
    }
}
