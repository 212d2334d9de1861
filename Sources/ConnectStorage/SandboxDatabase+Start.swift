package import ConnectCore
import GRDB

extension SandboxDatabase {
    /// What the demo application is given beyond the demo state.
    package struct DemoAdjustment: Equatable, Sendable {
        package var clientID: ClientID?
        package var clientSecret: ClientSecret?
        /// Registered beside those that it has.
        package var redirectURIs: [RedirectURI]

        package init(clientID: ClientID?, clientSecret: ClientSecret?, redirectURIs: [RedirectURI]) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.redirectURIs = redirectURIs
        }

        var isNone: Bool { clientID == nil && clientSecret == nil && redirectURIs.isEmpty }
    }

    /// Adjusts the first application of the retailer `demo`, and the document that the retailer is reset to.
    ///
    /// - Parameter adjustment: What to change.
    /// - Throws: ``ControlRefusal`` where there is no such application, or another has the `client_id`.
    package func adjustDemo(_ adjustment: DemoAdjustment) async throws {
        guard !adjustment.isNone else { return }
        try await write { db in
            guard let demo = try demoApplication(db) else {
                throw ControlRefusal.invalidDocument("there is no application of a retailer “demo” to adjust")
            }
            let old = demo.application
            let new = old.adjusted(by: adjustment)
            if new.clientID != old.clientID {
                guard try ApplicationRecord.find(new.clientID, db) == nil else {
                    throw ControlRefusal.clientIDTaken(new.clientID)
                }
                try db.execute(
                    sql: "UPDATE application SET clientID = ? WHERE key = ?",
                    arguments: [new.clientID.rawValue, demo.key]
                )
            }
            try demo.update(to: new, db)
            var origin = try RetailerState(originOf: demo.retailer.key, db)
            origin.applications = origin.applications?.map { application in
                guard application.clientID == old.clientID else { return application }
                return RetailerState.ApplicationState(application.application.adjusted(by: adjustment))
            }
            try origin.keepAsOrigin(of: demo.retailer.key, db)
        }
    }

    /// The application that a newcomer is shown: the first of the retailer that was loaded first.
    ///
    /// - Returns: Nil where the database holds no application.
    /// - Throws: What SQLite reports.
    package func firstApplication() async throws -> Application? {
        try await read { db in
            for key in try RetailerRecord.keys(db) {
                if let first = try ApplicationRecord.all(of: key, db).first { return first.application }
            }
            return nil
        }
    }

    /// The first application of the retailer `demo`.
    ///
    /// - Returns: Nil where the database holds none.
    /// - Throws: What SQLite reports.
    package func demoApplication() async throws -> Application? {
        try await read { db in try demoApplication(db)?.application }
    }

    /// Gives retailers that are older than their origins the state that they are in to be reset to.
    func keepMissingOrigins(_ db: Database) throws {
        for key in try Int64.fetchAll(db, sql: "SELECT key FROM retailer WHERE origin = ''") {
            try RetailerState(of: key, withTokens: false, db).keepAsOrigin(of: key, db)
        }
    }

    private func demoApplication(_ db: Database) throws -> ApplicationRecord? {
        try RetailerRecord.find(.demo, db).flatMap { try ApplicationRecord.all(of: $0.key, db).first }
    }
}

extension Application {
    fileprivate func adjusted(by adjustment: SandboxDatabase.DemoAdjustment) -> Application {
        var application = self
        application.clientID = adjustment.clientID ?? clientID
        application.clientSecret = adjustment.clientSecret ?? clientSecret
        for uri in adjustment.redirectURIs where !redirectURIs.contains(uri) { application.redirectURIs.append(uri) }
        return application
    }
}

extension RetailerID {
    /// The retailer of the built-in demo state.
    package static let demo = RetailerID(rawValue: "demo")
}
