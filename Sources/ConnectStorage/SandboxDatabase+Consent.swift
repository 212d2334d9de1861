package import ConnectCore
import GRDB

/// What the login or the consent page shows.
package struct ConsentView: Sendable {
    package struct User: Sendable {
        package let email: String
        package let membership: LinkStatus
        package let linkedTo: UserID?
    }

    package let request: AuthorizationRequest
    package let retailerName: String
    package let session: BrowserSession
    /// Who is signed in; nil where nobody is.
    package let signedInEmail: String?
    /// Whom the sandbox offers to sign in, where nobody is: the first hundred.
    package let users: [User]
    package let hasMoreUsers: Bool
}

/// What a visit of the authorization URL is answered with.
package enum ConsentVisit: Sendable {
    case page(ConsentView)
    /// The customer is not asked again.
    case remembered(location: String)
}

extension SandboxDatabase {
    /// Answers a visit of the authorization URL, and opens a session where the browser has none.
    ///
    /// - Parameters:
    ///   - parameters: The query's parameters.
    ///   - session: The browser's session, if it brings one.
    /// - Returns: What to show, or where to send the customer who need not be asked.
    /// - Throws: A ``Refusal`` of ``Outcome/Authorize``.
    package func consentVisit(_ parameters: [String: String], session: String?) async throws -> ConsentVisit {
        try await write { db in
            let visit = try visit(parameters, session: session, db)
            if let user = try rememberedUser(of: visit, db) {
                guard case .allowed(let location) = try decide(true, visit, instacartUser: user, db) else {
                    preconditionFailure("what was allowed was denied")
                }
                return .remembered(location: location)
            }
            let session = visit.session?.session ?? BrowserSession(in: environment)
            if visit.session == nil {
                try SessionRecord.insert(session, of: visit.retailer, instacartUser: nil, at: visit.now, db)
            }
            let signedIn = try visit.session?.instacartUser.flatMap { try InstacartUserRecord.find(key: $0, db) }
            let users = signedIn == nil ? try users(of: visit.retailer, at: visit.now, db) : []
            let view = ConsentView(
                request: visit.request,
                retailerName: try retailerName(visit.retailer, db),
                session: session,
                signedInEmail: signedIn?.user.email.rawValue,
                users: Array(users.prefix(Self.offeredUsers)),
                hasMoreUsers: users.count > Self.offeredUsers
            )
            return .page(view)
        }
    }

    /// Answers a form of the login or consent page.
    ///
    /// - Parameters:
    ///   - action: What the customer did.
    ///   - parameters: The query's parameters.
    ///   - session: The browser's session.
    ///   - antiForgeryToken: What the form carries.
    /// - Returns: What comes of it.
    /// - Throws: A ``Refusal`` of ``Outcome/Authorize``.
    package func consent(
        _ action: ConsentAction,
        _ parameters: [String: String],
        session: String?,
        antiForgeryToken: String
    ) async throws -> ConsentResult {
        try await write { db in
            let visit = try visit(parameters, session: session, db)
            guard
                let record = visit.session,
                record.session.antiForgeryToken.isIdentical(to: antiForgeryToken)
            else {
                throw Refusal(Outcome.Authorize.forgedForm, "The form's anti-forgery token is not the session's.")
            }
            switch action {
            case .signIn(let email, let password):
                let found = try InstacartUserRecord.find(email: email, of: visit.retailer, db)
                guard let found, found.user.passwordHash.matches(password) else {
                    throw Refusal(
                        Outcome.Authorize.wrongPassword,
                        "No Instacart user of the retailer has the e-mail address \(email) and this password."
                    )
                }
                return try replaceSession(record, of: visit, with: found.key, db)
            case .pickUser(let email):
                guard let found = try InstacartUserRecord.find(email: email, of: visit.retailer, db) else {
                    throw Refusal(Outcome.Authorize.wrongPassword, "The retailer has no Instacart user \(email).")
                }
                return try replaceSession(record, of: visit, with: found.key, db)
            case .signOut:
                return try replaceSession(record, of: visit, with: nil, db)
            case .allow, .deny:
                guard let user = try record.instacartUser.flatMap({ try InstacartUserRecord.find(key: $0, db) }) else {
                    throw Refusal(Outcome.Authorize.forgedForm, "Nobody is signed in.")
                }
                try SessionRecord.replaceAntiForgeryToken(
                    of: record.session.value,
                    with: environment.randomToken(),
                    db
                )
                return try decide(action == .allow, visit, instacartUser: user, db)
            }
        }
    }

    /// Decides for an Instacart user without a browser, as a test suite asks for it in the URL.
    ///
    /// - Parameters:
    ///   - isAllowed: The decision.
    ///   - email: Whose it is.
    ///   - parameters: The query's parameters.
    /// - Returns: Where to send the client.
    /// - Throws: A ``Refusal`` of ``Outcome/Authorize``.
    package func scriptedConsent(
        _ isAllowed: Bool,
        by email: String,
        _ parameters: [String: String]
    ) async throws -> ConsentResult {
        try await write { db in
            let visit = try visit(parameters, session: nil, db)
            guard let found = try InstacartUserRecord.find(email: email, of: visit.retailer, db) else {
                throw Refusal(Outcome.Authorize.invalidScript, "The retailer has no Instacart user \(email).")
            }
            return try decide(isAllowed, visit, instacartUser: found, db)
        }
    }
}

extension SandboxDatabase {
    private static let offeredUsers = 100

    private struct Visit {
        let request: AuthorizationRequest
        let client: ApplicationRecord
        let now: Instant
        let session: SessionRecord?

        var retailer: RetailerRecord { client.retailer }
    }

    private func visit(_ parameters: [String: String], session: String?, _ db: Database) throws -> Visit {
        let client = try parameters["client_id"].flatMap {
            try ApplicationRecord.find(ClientID(rawValue: $0), db)
        }
        let request = try AuthorizationRequest(parameters, application: client?.application)
        guard let client else { preconditionFailure("an unknown client was not refused") }
        let now = client.retailer.clock.now(at: environment.now())
        return Visit(
            request: request,
            client: client,
            now: now,
            session: try SessionRecord.find(session, of: client.retailer, at: now, db)
        )
    }

    /// A session never changes hands: signing in or out begins another, so that one that was fixed before is nobody's.
    private func replaceSession(
        _ old: SessionRecord,
        of visit: Visit,
        with instacartUser: Int64?,
        _ db: Database
    ) throws -> ConsentResult {
        let session = BrowserSession(in: environment)
        try SessionRecord.delete(old.session.value, db)
        try SessionRecord.insert(session, of: visit.retailer, instacartUser: instacartUser, at: visit.now, db)
        return .newSession(session)
    }

    private func decide(
        _ isAllowed: Bool,
        _ visit: Visit,
        instacartUser: InstacartUserRecord,
        _ db: Database
    ) throws -> ConsentResult {
        guard isAllowed else { return .denied(location: visit.request.deniedLocation) }
        let code = try issueCode(
            for: visit.request.scopes,
            redirectURI: visit.request.redirectURI.rawValue,
            challenge: visit.request.challenge,
            application: visit.client,
            instacartUser: instacartUser,
            at: visit.now,
            db
        )
        return .allowed(location: visit.request.location(allowedWith: code.value))
    }

    /// Who is signed in, where they need not be asked: they consented before, and the assumption is turned.
    private func rememberedUser(of visit: Visit, _ db: Database) throws -> InstacartUserRecord? {
        guard choices.assumptions.contains(.consentRemembered), let key = visit.session?.instacartUser,
            try CodeRecord.exists(
                for: visit.client.key,
                instacartUser: key,
                covering: visit.request.scopes,
                db
            )
        else { return nil }
        return try InstacartUserRecord.find(key: key, db)
    }

    private func users(of retailer: RetailerRecord, at now: Instant, _ db: Database) throws -> [ConsentView.User] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT instacartUser.email, isMember, membershipExpiresAt, connectUser.userID
                FROM instacartUser
                LEFT JOIN link ON link.instacartUser = instacartUser.key
                LEFT JOIN connectUser ON connectUser.key = link.connectUser
                WHERE instacartUser.retailer = ? ORDER BY instacartUser.id LIMIT ?
                """,
            arguments: [retailer.key, Self.offeredUsers + 1]
        )
        .map { row in
            ConsentView.User(
                email: row["email"],
                membership: LinkStatus(Membership(row), at: now),
                linkedTo: (row["userID"] as String?).map(UserID.init(rawValue:))
            )
        }
    }

    private func retailerName(_ retailer: RetailerRecord, _ db: Database) throws -> String {
        try String.fetchOne(db, sql: "SELECT name FROM retailer WHERE key = ?", arguments: [retailer.key]) ?? ""
    }
}
