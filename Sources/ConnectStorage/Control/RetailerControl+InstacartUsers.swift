import ConnectCore
import GRDB

/// What of an Instacart user's membership is to be another.
package struct MembershipChange: Equatable, Sendable {
    let isMember: Bool?
    let end: RetailerState.InstacartUserState.MembershipEnd?

    /// Reads the fields that are to change.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let node = try DocumentNode(body: body)
        let fields = try node.fields(["instacartplus_member", "expired_at", "expires_in"], keepsNull: true)
        isMember = try fields["instacartplus_member"]?.flag()
        if let date = fields["expired_at"], date.isNull, fields["expires_in"] == nil {
            end = .never
        } else {
            end = try node.membershipEnd(in: fields)
        }
    }

    /// The membership that comes of another.
    ///
    /// Who becomes a member without an end to come, and without one being named, is one for a year.
    func applied(to membership: Membership, at now: Instant) -> Membership {
        let isMember = isMember ?? membership.isMember
        if let end { return Membership(isMember: isMember, expiresAt: end.instant(at: now)) }
        let hasEndToCome = membership.expiresAt.map { now < $0 } ?? false
        let becomesMember = self.isMember == true && !membership.isActive(at: now)
        if becomesMember, !hasEndToCome { return .year(from: now) }
        return Membership(isMember: isMember, expiresAt: membership.expiresAt)
    }
}

/// An Instacart user that is to be made.
package struct NewInstacartUserState: Equatable, Sendable {
    let state: RetailerState.InstacartUserState
    let hasID: Bool
    let hasEmail: Bool

    /// Reads a state document's entry.
    ///
    /// - Parameter body: YAML or JSON; nil where there is none.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String?) throws(StateDocumentError) {
        let node = try DocumentNode(body: body ?? "{}")
        let fields = try node.fields(RetailerState.InstacartUserState.fieldNames)
        hasID = fields["id"] != nil
        hasEmail = fields["email"] != nil
        state = try RetailerState.InstacartUserState(node, nextID: InstacartUserID(rawValue: 1), isFree: { _ in true })
    }
}

extension RetailerControl {
    /// - Returns: The retailer's Instacart users, by their ids.
    package func instacartUsers() async throws -> [RetailerState.InstacartUserState] {
        try await read { retailer, db in
            try InstacartUserRecord.all(of: retailer.key, db).map(RetailerState.InstacartUserState.init)
        }
    }

    /// - Parameter id: The Instacart user as a path names them; anything but a number is nobody.
    /// - Returns: The Instacart user.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func instacartUser(_ id: String) async throws -> RetailerState.InstacartUserState {
        try await read { retailer, db in RetailerState.InstacartUserState(try find(id, of: retailer, db).user) }
    }

    /// Makes an Instacart user.
    ///
    /// - Parameter new: The entry; the next id of the retailer's sequence is taken where it names none.
    /// - Returns: The Instacart user.
    /// - Throws: ``ControlRefusal`` where the id or the e-mail address is taken.
    package func createInstacartUser(
        _ new: NewInstacartUserState
    ) async throws -> RetailerState.InstacartUserState {
        try await write { retailer, db in
            let now = retailer.clock.now(at: database.environment.now())
            let nextID = try InstacartUserRecord.nextID(of: retailer.key, db)
            var state = new.state
            if !new.hasID { state.id = nextID }
            guard state.id.rawValue <= InstacartUserID.largest else { throw ControlRefusal.noIDLeft }
            if !new.hasEmail {
                state.email = try EmailAddress.madeUp(for: state.id) { email in
                    try InstacartUserRecord.find(email: email.rawValue, of: retailer, db) == nil
                }
            }
            let user = state.resolved(at: now, in: database.environment)
            if new.hasID, try InstacartUserRecord.find(user.id, of: retailer, db) != nil {
                throw ControlRefusal.instacartUserIDTaken(user.id)
            }
            guard try InstacartUserRecord.insert(user, of: retailer.key, db) != nil else {
                throw ControlRefusal.emailTaken(user.email)
            }
            try InstacartUserRecord.setNextID(
                new.hasID ? max(nextID.rawValue, user.id.rawValue + 1) : nextID.rawValue + 1,
                of: retailer.key,
                db
            )
            return RetailerState.InstacartUserState(user)
        }
    }

    /// Changes an Instacart user's membership.
    ///
    /// - Parameters:
    ///   - id: The Instacart user as a path names them.
    ///   - change: What is to be another.
    /// - Returns: The Instacart user.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func changeMembership(
        _ id: String,
        _ change: MembershipChange
    ) async throws -> RetailerState.InstacartUserState {
        try await write { retailer, db in
            let record = try find(id, of: retailer, db)
            let now = retailer.clock.now(at: database.environment.now())
            var user = record.user
            user.membership = change.applied(to: user.membership, at: now)
            try InstacartUserRecord.setMembership(user.membership, of: record.key, db)
            return RetailerState.InstacartUserState(user)
        }
    }

    /// Deletes an Instacart user with their link, their codes and their tokens.
    ///
    /// - Parameter id: The Instacart user as a path names them.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func deleteInstacartUser(_ id: String) async throws {
        try await write { retailer, db in
            let record = try find(id, of: retailer, db)
            try db.execute(sql: "DELETE FROM instacartUser WHERE key = ?", arguments: [record.key])
        }
    }

    private func find(_ id: String, of retailer: RetailerRecord, _ db: Database) throws -> InstacartUserRecord {
        let found = try InstacartUserID(digits: id).flatMap { try InstacartUserRecord.find($0, of: retailer, db) }
        guard let found else { throw ControlRefusal.instacartUserNotFound(id) }
        return found
    }
}
