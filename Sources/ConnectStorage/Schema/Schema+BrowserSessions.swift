import GRDB

extension Schema {
    /// Who is signed in at the authorization URL.
    ///
    /// A session belongs to one retailer.
    static func browserSessions(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE browserSession (
                    value TEXT PRIMARY KEY,
                    retailer INTEGER NOT NULL REFERENCES retailer ON DELETE CASCADE,
                    instacartUser INTEGER REFERENCES instacartUser ON DELETE CASCADE,
                    antiForgeryToken TEXT NOT NULL,
                    expiresAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX browserSessionOfRetailer ON browserSession (retailer);
                CREATE INDEX browserSessionOfInstacartUser ON browserSession (instacartUser)
                    WHERE instacartUser IS NOT NULL;
                """
        )
    }
}
