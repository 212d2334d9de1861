import ConnectCore
import GRDB

/// Reading and writing everything that a retailer owns.
extension RetailerState {
    /// Reads it as it is now.
    ///
    /// - Parameters:
    ///   - retailer: The number of the retailer's row.
    ///   - withTokens: Whether codes and tokens are read too.
    ///   - db: The database, in a transaction.
    /// - Throws: What SQLite reports.
    init(of retailer: Int64, withTokens: Bool, _ db: Database) throws {
        guard
            let row = try Row.fetchOne(
                db,
                sql: "SELECT id, name, clockOffset, clockFrozenAt FROM retailer WHERE key = ?",
                arguments: [retailer]
            )
        else { preconditionFailure("a retailer is gone within a transaction") }
        id = RetailerID(rawValue: row["id"])
        name = row["name"]
        clock = ClockState(RetailerClock(row))
        applications = try ApplicationRecord.all(of: retailer, db).map { ApplicationState($0.application) }
        instacartUsers = try InstacartUserRecord.all(of: retailer, db).map(InstacartUserState.init)
        connectUsers = try ConnectUserRecord.all(of: retailer, db)
        faults = try FaultRecord.all(of: retailer, db).map(FaultState.init)
        guard withTokens else { return }
        tokens = TokenState(
            codes: try CodeRecord.all(of: retailer, db),
            accessTokens: try TokenRecord.all(of: retailer, db)
                .map { IssuedToken(token: $0.token, code: $0.authorizationCode) }
        )
    }

    /// Puts it in the place of all that a retailer owns.
    ///
    /// - Parameters:
    ///   - retailer: The number of the retailer's row.
    ///   - environment: The time and the randomness.
    ///   - startingClock: The clock where the state names none.
    ///   - db: The database, in a transaction.
    /// - Throws: ``ControlRefusal``, and the transaction is to be rolled back.
    func fill(
        _ retailer: Int64,
        in environment: SandboxEnvironment,
        startingClock: RetailerClock,
        _ db: Database
    ) throws {
        for table in ["application", "connectUser", "instacartUser", "browserSession", "fault"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE retailer = ?").execute(arguments: [retailer])
        }
        let realTime = environment.now()
        let clock = clock?.clock(at: realTime) ?? startingClock
        let nextUserID = (instacartUsers.map(\.id.rawValue).max() ?? 0) + 1
        try db.execute(
            sql: "UPDATE retailer SET name = ?, nextInstacartUserID = ? WHERE key = ?",
            arguments: [name, nextUserID, retailer]
        )
        try RetailerRecord.setClock(clock, of: retailer, db)
        let now = clock.now(at: realTime)
        guard now.isForClocks else { throw ControlRefusal.invalidDocument(ControlRefusal.clockLimits) }
        var rows = OwnerRows()
        for application in applications ?? [] {
            let application = application.application
            rows.applications[application.clientID] = try ApplicationRecord.insert(application, of: retailer, db)
        }
        for user in instacartUsers {
            rows.instacartUsers[user.id] = try InstacartUserRecord.insert(
                user.resolved(at: now, in: environment),
                of: retailer,
                db
            )
        }
        for entry in connectUsers {
            let key = try ConnectUserRecord.insert(entry.user, of: retailer, db)
            rows.connectUsers[entry.user.userID] = key
            if let key, let target = entry.linkedTo.flatMap({ rows.instacartUsers[$0] }) {
                try LinkRecord.insert(connectUser: key, instacartUser: target, db)
            }
        }
        for fault in faults { try FaultRecord.insert(fault.rule, of: retailer, db) }
        for code in tokens?.codes ?? [] { try rows.insert(code, db) }
        for token in tokens?.accessTokens ?? [] { try rows.insert(token, db) }
    }
}

/// The rows that codes and tokens point to.
private struct OwnerRows {
    var applications: [ClientID: Int64] = [:]
    var instacartUsers: [InstacartUserID: Int64] = [:]
    var connectUsers: [UserID: Int64] = [:]

    func insert(_ code: AuthorizationCode, _ db: Database) throws {
        guard try CodeRecord.find(code.value, db) == nil else { throw ControlRefusal.tokenTaken }
        guard let instacartUser = instacartUsers[code.instacartUserID] else {
            preconditionFailure("a code of a document has no user")
        }
        try CodeRecord.insert(code, for: application(code.clientID), instacartUser: instacartUser, db)
    }

    func insert(_ issued: RetailerState.IssuedToken, _ db: Database) throws {
        let token = issued.token
        let isTaken =
            try TokenRecord.find(token.value, db) != nil
            || token.refreshToken.map { try TokenRecord.find(refreshToken: $0, db) != nil } == true
        guard !isTaken else { throw ControlRefusal.tokenTaken }
        var owner = TokenRecord.Owner(
            application: try application(token.clientID),
            authorizationCode: issued.code
        )
        switch token.subject {
        case .application: break
        case .connectUser(let id): owner.connectUser = connectUsers[id]
        case .instacartUser(let id): owner.instacartUser = instacartUsers[id]
        }
        try TokenRecord.insert(token, for: owner, db)
    }

    private func application(_ clientID: ClientID) throws -> Int64 {
        guard let key = applications[clientID] else {
            throw ControlRefusal.invalidDocument(
                "a code or a token is of the client_id “\(clientID.rawValue)”, which the retailer does not have"
            )
        }
        return key
    }
}
