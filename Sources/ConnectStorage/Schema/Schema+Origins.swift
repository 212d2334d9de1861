import GRDB

extension Schema {
    /// The state document that a retailer was created from, as JSON, which a reset goes back to.
    ///
    /// Empty for a retailer that is older than this column, until the database is opened.
    static func origins(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE retailer ADD COLUMN origin TEXT NOT NULL DEFAULT ''")
    }
}
