import ConnectCore

extension RetailerState {
    /// The document that says it.
    package var document: DocumentValue {
        var fields: [(String, DocumentValue?)] = [
            ("id", id.map { .text($0.rawValue) }),
            ("name", name.map(DocumentValue.text)),
            ("clock", clock?.document),
            ("applications", applications.map { .list($0.map(\.document)) }),
            ("instacart_users", .list(instacartUsers.map(\.document))),
            ("connect_users", .list(connectUsers.map(\.document))),
            ("faults", .list(faults.map(\.document))),
        ]
        if let tokens {
            fields.append(("authorization_codes", .list(tokens.codes.map(\.document))))
            fields.append(("access_tokens", .list(tokens.accessTokens.map(\.document))))
        }
        return .object(fields)
    }
}

extension RetailerState.ClockState {
    fileprivate var document: DocumentValue {
        .object([
            ("now", now.map { .text($0.preciseISO8601) }),
            ("offset", offset == 0 ? nil : .text(ClockOffset(milliseconds: offset).description)),
            ("frozen", .flag(isFrozen)),
        ])
    }
}

extension RetailerState.ApplicationState {
    /// The document's entry; the sandbox's own routes answer with it too.
    package var document: DocumentValue {
        .object([
            ("client_id", clientID.map { .text($0.rawValue) }),
            ("client_secret", clientSecret.map { .text($0.rawValue) }),
            ("name", name.map(DocumentValue.text)),
            ("enabled", .flag(isEnabled)),
            ("scopes", scopes.document),
            ("redirect_uris", .texts(redirectURIs.map(\.rawValue))),
        ])
    }
}

extension RetailerState.InstacartUserState {
    /// The document's entry; the sandbox's own routes answer with it too.
    package var document: DocumentValue {
        var fields: [(String, DocumentValue?)] = [
            ("id", .number(id.rawValue)),
            ("email", .text(email.rawValue)),
            ("phone", .text(phone)),
        ]
        switch password {
        case .plain(let password): fields.append(("password", .text(password)))
        case .hashed(let hash): fields.append(("password_hash", .text(hash.rawValue)))
        }
        fields.append(("instacartplus_member", .flag(isMember)))
        switch membershipEnd {
        case .at(let instant): fields.append(("expired_at", .text(instant.preciseISO8601)))
        case .after(let period): fields.append(("expires_in", .text(period.iso8601)))
        case .never: fields.append(("expired_at", .text("never")))
        case nil: break
        }
        return .object(fields)
    }
}

extension RetailerState.ConnectUserState {
    /// The document's entry; the sandbox's own routes answer with it too.
    package var document: DocumentValue {
        .object([
            ("user_id", .text(user.userID.rawValue)),
            ("first_name", .text(user.firstName)),
            ("last_name", user.lastName.map(DocumentValue.text)),
            ("phone_number", user.phoneNumber.map(DocumentValue.text)),
            ("locale", user.locale.map(DocumentValue.text)),
            ("active", .flag(user.isActive)),
            ("linked_to", linkedTo.map { .number($0.rawValue) }),
        ])
    }
}

extension AuthorizationCode {
    fileprivate var document: DocumentValue {
        .object([
            ("code", .text(value)),
            ("client_id", .text(clientID.rawValue)),
            ("instacart_user_id", .number(instacartUserID.rawValue)),
            ("redirect_uri", .text(redirectURI)),
            ("scopes", scopes.document),
            ("code_challenge", challenge.map { .text($0.value) }),
            ("code_challenge_method", challenge.map { .text($0.method.rawValue) }),
            ("expires_at", .text(expiresAt.preciseISO8601)),
            ("redeemed_at", redeemedAt.map { .text($0.preciseISO8601) }),
        ])
    }
}

extension RetailerState.IssuedToken {
    fileprivate var document: DocumentValue {
        var userID: DocumentValue?
        var instacartUserID: DocumentValue?
        switch token.subject {
        case .application: break
        case .connectUser(let id): userID = .text(id.rawValue)
        case .instacartUser(let id): instacartUserID = .number(id.rawValue)
        }
        return .object([
            ("token", .text(token.value)),
            ("refresh_token", token.refreshToken.map(DocumentValue.text)),
            ("client_id", .text(token.clientID.rawValue)),
            ("scopes", token.scopes.document),
            ("user_id", userID),
            ("instacart_user_id", instacartUserID),
            ("code", code.map(DocumentValue.text)),
            ("created_at", .text(token.createdAt.preciseISO8601)),
            ("expires_at", .text(token.expiresAt.preciseISO8601)),
            ("revoked_at", token.revokedAt.map { .text($0.preciseISO8601) }),
        ])
    }
}

extension ScopeList {
    fileprivate var document: DocumentValue {
        .texts(scopes.map(\.rawValue))
    }
}
