import GRDB

extension Schema {
    /// Failures on demand.
    ///
    /// The seed is a 64-bit number without sign, kept bit by bit.
    static func faults(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE fault (
                    key INTEGER PRIMARY KEY,
                    retailer INTEGER NOT NULL REFERENCES retailer ON DELETE CASCADE,
                    id TEXT NOT NULL CHECK (id <> ''),
                    endpoint TEXT,
                    method TEXT,
                    path TEXT,
                    outcome TEXT,
                    wire TEXT CHECK (wire IN ('reset', 'empty', 'truncated', 'malformed')),
                    latency TEXT,
                    nth INTEGER NOT NULL CHECK (nth > 0),
                    times INTEGER CHECK (times > 0),
                    probability REAL NOT NULL CHECK (probability > 0 AND probability <= 1),
                    seed INTEGER NOT NULL,
                    seen INTEGER NOT NULL DEFAULT 0,
                    hits INTEGER NOT NULL DEFAULT 0,
                    UNIQUE (retailer, id),
                    CHECK (outcome IS NULL OR wire IS NULL)
                ) STRICT;
                """
        )
    }
}
