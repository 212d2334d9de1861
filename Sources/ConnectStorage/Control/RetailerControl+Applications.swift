package import ConnectCore
import GRDB

/// What of an application is to be another.
package struct ApplicationChange: Equatable, Sendable {
    let name: String?
    let isEnabled: Bool?
    let scopes: ScopeList?
    let redirectURIs: [RedirectURI]?
    /// The new secret; a fresh one where it is null.
    let secret: ClientSecret??

    /// Reads the fields that are to change.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let node = try DocumentNode(body: body)
        let known = ["client_secret", "name", "enabled", "scopes", "redirect_uris"]
        let fields = try node.fields(known, keepsNull: true)
        name = try fields["name"]?.text()
        isEnabled = try fields["enabled"]?.flag()
        scopes = try fields["scopes"]?.scopes()
        redirectURIs = try fields["redirect_uris"]?.redirectURIs()
        secret = try fields["client_secret"].map { node throws(StateDocumentError) in
            node.isNull ? nil : try node.clientSecret()
        }
    }
}

/// What is special to a clone.
package struct ApplicationClone: Equatable, Sendable {
    /// Fresh where it is left out, as is the secret.
    let clientID: ClientID?
    let clientSecret: ClientSecret?
    let name: String?

    /// Reads what is there.
    ///
    /// - Parameter body: YAML or JSON; nil where there is none.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String?) throws(StateDocumentError) {
        let fields = try body.map { body throws(StateDocumentError) in
            try DocumentNode(body: body).fields(["client_id", "client_secret", "name"])
        }
        clientID = try fields?["client_id"]?.clientID()
        clientSecret = try fields?["client_secret"]?.clientSecret()
        name = try fields?["name"]?.text()
    }
}

extension RetailerState.ApplicationState {
    /// Reads a state document's entry.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        try self.init(DocumentNode(body: body))
    }
}

extension RetailerControl {
    /// - Returns: The retailer's applications, in the order in which they were created.
    package func applications() async throws -> [RetailerState.ApplicationState] {
        try await read { retailer, db in
            try ApplicationRecord.all(of: retailer.key, db).map { RetailerState.ApplicationState($0.application) }
        }
    }

    /// - Returns: The application.
    /// - Throws: ``ControlRefusal`` where the retailer does not have it.
    package func application(_ clientID: ClientID) async throws -> RetailerState.ApplicationState {
        try await read { retailer, db in
            RetailerState.ApplicationState(try find(clientID, of: retailer, db).application)
        }
    }

    /// Makes an application.
    ///
    /// - Parameter state: What it is to be; what is left out is made up.
    /// - Returns: The application.
    /// - Throws: ``ControlRefusal`` where its `client_id` is in use.
    package func createApplication(
        _ state: RetailerState.ApplicationState
    ) async throws -> RetailerState.ApplicationState {
        try await write { retailer, db in try insert(state, of: retailer, db) }
    }

    /// Makes a second application with the same scopes, redirect URIs and state.
    ///
    /// That a clone has the redirect URIs too is assumed; the scopes are documented.
    ///
    /// Source: /developer_dashboard/oauth_applications.
    ///
    /// - Parameters:
    ///   - clientID: The original.
    ///   - clone: What is to be different.
    /// - Returns: The clone.
    /// - Throws: ``ControlRefusal`` where there is no original, or the clone's `client_id` is in use.
    package func cloneApplication(
        _ clientID: ClientID,
        as clone: ApplicationClone
    ) async throws -> RetailerState.ApplicationState {
        try await write { retailer, db in
            var state = RetailerState.ApplicationState(try find(clientID, of: retailer, db).application)
            state.clientID = clone.clientID
            state.clientSecret = clone.clientSecret
            state.name = clone.name ?? state.name.map { "\($0) (clone)" }
            return try insert(state, of: retailer, db)
        }
    }

    /// Changes an application.
    ///
    /// Its tokens live on.
    ///
    /// - Parameters:
    ///   - clientID: The application.
    ///   - change: What is to be another.
    /// - Returns: The application.
    /// - Throws: ``ControlRefusal`` where the retailer does not have it.
    package func changeApplication(
        _ clientID: ClientID,
        _ change: ApplicationChange
    ) async throws -> RetailerState.ApplicationState {
        try await write { retailer, db in
            let record = try find(clientID, of: retailer, db)
            var application = record.application
            application.name = change.name ?? application.name
            application.isEnabled = change.isEnabled ?? application.isEnabled
            application.scopes = change.scopes ?? application.scopes
            application.redirectURIs = change.redirectURIs ?? application.redirectURIs
            if let secret = change.secret {
                application.clientSecret = secret ?? ClientSecret(rawValue: database.environment.randomCredential())
            }
            try record.update(to: application, db)
            return RetailerState.ApplicationState(application)
        }
    }

    /// Deletes an application with its codes and tokens.
    ///
    /// - Parameter clientID: The application.
    /// - Throws: ``ControlRefusal`` where the retailer does not have it.
    package func deleteApplication(_ clientID: ClientID) async throws {
        try await write { retailer, db in
            let record = try find(clientID, of: retailer, db)
            try db.execute(sql: "DELETE FROM application WHERE key = ?", arguments: [record.key])
        }
    }

    private func find(_ clientID: ClientID, of retailer: RetailerRecord, _ db: Database) throws -> ApplicationRecord {
        guard let found = try ApplicationRecord.find(clientID, db), found.retailer.key == retailer.key else {
            throw ControlRefusal.applicationNotFound(clientID)
        }
        return found
    }

    private func insert(
        _ state: RetailerState.ApplicationState,
        of retailer: RetailerRecord,
        _ db: Database
    ) throws -> RetailerState.ApplicationState {
        let name = try String.fetchOne(db, sql: "SELECT name FROM retailer WHERE key = ?", arguments: [retailer.key])
        let completed = state.completed(in: database.environment, retailerName: name ?? id.rawValue)
        try ApplicationRecord.insert(completed.application, of: retailer.key, db)
        return completed
    }
}
