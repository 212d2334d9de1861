package import ConnectCore
import GRDB

/// What of a Connect user is to be another.
package struct ConnectUserChange: Equatable, Sendable {
    let isActive: Bool?
    let firstName: String?
    /// Null takes it away, as with the two after it.
    let lastName: String??
    let phoneNumber: String??
    let locale: String??

    /// Reads the fields that are to change.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let known = ["active", "first_name", "last_name", "phone_number", "locale"]
        let fields = try DocumentNode(body: body).fields(known, keepsNull: true)
        isActive = try fields["active"]?.flag()
        firstName = try fields["first_name"]?.text()
        lastName = try Self.text("last_name", in: fields)
        phoneNumber = try Self.text("phone_number", in: fields)
        locale = try Self.text("locale", in: fields)
    }
}

extension ConnectUserChange {
    /// - Returns: Nil where the field is left out, nil within where it is null.
    private static func text(
        _ name: String,
        in fields: [String: DocumentNode]
    ) throws(StateDocumentError) -> String?? {
        guard let field = fields[name] else { return .none }
        return .some(field.isNull ? nil : try field.text())
    }
}

/// Whom a Connect user is to be linked to.
package struct LinkTarget: Equatable, Sendable {
    let instacartUserID: InstacartUserID

    /// Reads `{"instacart_user_id"}`.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let node = try DocumentNode(body: body)
        instacartUserID = try node.required("instacart_user_id", in: node.fields(["instacart_user_id"]))
            .instacartUserID()
    }
}

/// A Connect user that is to be made.
package struct NewConnectUserState: Equatable, Sendable {
    let state: RetailerState.ConnectUserState
    /// Whether the id is to be chosen.
    let isNameless: Bool

    /// Reads a state document's entry.
    ///
    /// - Parameter body: YAML or JSON; nil where there is none.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String?) throws(StateDocumentError) {
        let defaultID = UserID(rawValue: "")
        state = try RetailerState.ConnectUserState.read(DocumentNode(body: body ?? "{}"), defaultID: defaultID).entry
        isNameless = state.user.userID == defaultID
    }
}

extension RetailerControl {
    /// - Returns: The retailer's Connect users, in the order in which they were created.
    package func connectUsers() async throws -> [RetailerState.ConnectUserState] {
        try await read { retailer, db in try ConnectUserRecord.all(of: retailer.key, db) }
    }

    /// - Returns: The Connect user.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func connectUser(_ userID: UserID) async throws -> RetailerState.ConnectUserState {
        try await read { retailer, db in try state(of: find(userID, of: retailer, db), db) }
    }

    /// Makes a Connect user, linked where the entry says so.
    ///
    /// - Parameter new: The entry.
    /// - Returns: The Connect user.
    /// - Throws: ``ControlRefusal`` where the `user_id` is taken, or the Instacart user is not there or not free.
    package func createConnectUser(_ new: NewConnectUserState) async throws -> RetailerState.ConnectUserState {
        try await write { retailer, db in
            var user = new.state.user
            if new.isNameless {
                let name = "user-\(database.environment.randomName())"
                user = user.renamed(UserID(rawValue: name))
            }
            guard try ConnectUserRecord.insert(user, of: retailer.key, db) != nil else {
                throw ControlRefusal.userIDTaken(user.userID)
            }
            let record = try find(user.userID, of: retailer, db)
            if let target = new.state.linkedTo { try link(record, to: target, of: retailer, db) }
            return try state(of: record, db)
        }
    }

    /// Changes a Connect user.
    ///
    /// - Parameters:
    ///   - userID: The Connect user.
    ///   - change: What is to be another.
    /// - Returns: The Connect user.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func changeConnectUser(
        _ userID: UserID,
        _ change: ConnectUserChange
    ) async throws -> RetailerState.ConnectUserState {
        try await write { retailer, db in
            let record = try find(userID, of: retailer, db)
            var user = record.user
            user.isActive = change.isActive ?? user.isActive
            user.firstName = change.firstName ?? user.firstName
            user.lastName = change.lastName ?? user.lastName
            user.phoneNumber = change.phoneNumber ?? user.phoneNumber
            user.locale = change.locale ?? user.locale
            try record.update(to: user, db)
            return try state(of: find(userID, of: retailer, db), db)
        }
    }

    /// Deletes a Connect user with their link and their tokens.
    ///
    /// - Parameter userID: The Connect user.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func deleteConnectUser(_ userID: UserID) async throws {
        try await write { retailer, db in
            let record = try find(userID, of: retailer, db)
            try db.execute(sql: "DELETE FROM connectUser WHERE key = ?", arguments: [record.key])
        }
    }

    /// Links a Connect user, whether they were linked to somebody before or not.
    ///
    /// - Parameters:
    ///   - userID: The Connect user.
    ///   - target: The Instacart user.
    /// - Returns: The Connect user.
    /// - Throws: ``ControlRefusal`` where either is not there, or the Instacart user is linked to another.
    package func link(_ userID: UserID, to target: LinkTarget) async throws -> RetailerState.ConnectUserState {
        try await write { retailer, db in
            let record = try find(userID, of: retailer, db)
            try link(record, to: target.instacartUserID, of: retailer, db)
            return try state(of: record, db)
        }
    }

    /// Takes a Connect user's link away, as customer service would.
    ///
    /// - Parameter userID: The Connect user, linked or not.
    /// - Throws: ``ControlRefusal`` where the retailer does not have them.
    package func unlink(_ userID: UserID) async throws {
        try await write { retailer, db in try LinkRecord.delete(of: find(userID, of: retailer, db).key, db) }
    }

    private func link(
        _ record: ConnectUserRecord,
        to id: InstacartUserID,
        of retailer: RetailerRecord,
        _ db: Database
    ) throws {
        guard let target = try InstacartUserRecord.find(id, of: retailer, db) else {
            throw ControlRefusal.instacartUserNotFound(String(id.rawValue))
        }
        if let other = try LinkRecord.connectUser(linkedTo: target.key, db), other != record.user.userID {
            throw ControlRefusal.alreadyLinked(id, to: other)
        }
        try LinkRecord.delete(of: record.key, db)
        try LinkRecord.insert(connectUser: record.key, instacartUser: target.key, db)
    }

    private func find(_ userID: UserID, of retailer: RetailerRecord, _ db: Database) throws -> ConnectUserRecord {
        guard let found = try ConnectUserRecord.find(userID, of: retailer, db) else {
            throw ControlRefusal.connectUserNotFound(userID)
        }
        return found
    }

    private func state(of record: ConnectUserRecord, _ db: Database) throws -> RetailerState.ConnectUserState {
        RetailerState.ConnectUserState(
            user: record.user,
            linkedTo: try LinkRecord.instacartUser(linkedTo: record.key, db)
        )
    }
}

extension ConnectUser {
    fileprivate func renamed(_ userID: UserID) -> ConnectUser {
        ConnectUser(
            userID: userID,
            firstName: firstName,
            lastName: lastName,
            phoneNumber: phoneNumber,
            locale: locale,
            isActive: isActive
        )
    }
}
