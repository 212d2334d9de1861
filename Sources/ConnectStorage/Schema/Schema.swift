import GRDB

/// The database's tables.
///
/// A migration that has shipped is never edited; a change is a new one at the end.
enum Schema {
    /// SQLite's `application_id` of every database that is ours: "CSbx".
    static let applicationID: Int32 = 0x4353_6278

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 account linking", migrate: accountLinking)
        migrator.registerMigration("002 browser sessions", migrate: browserSessions)
        migrator.registerMigration("003 origins", migrate: origins)
        migrator.registerMigration("004 faults", migrate: faults)
        return migrator
    }
}
