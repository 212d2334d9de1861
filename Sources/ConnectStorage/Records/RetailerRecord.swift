import ConnectCore
import GRDB

/// A retailer's row, as far as a request needs it.
struct RetailerRecord: Equatable, Sendable {
    let key: Int64
    let clock: RetailerClock

    static func find(_ id: RetailerID, _ db: Database) throws -> RetailerRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT key, clockOffset, clockFrozenAt FROM retailer WHERE id = ?"),
            arguments: [id.rawValue.key]
        )
        .map { RetailerRecord(key: $0["key"], clock: RetailerClock($0)) }
    }

    /// The numbers of all rows, in the order in which the retailers were created.
    static func keys(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT key FROM retailer ORDER BY key")
    }

    static func insert(_ id: RetailerID, _ db: Database) throws -> Int64 {
        try db.cachedStatement(sql: "INSERT INTO retailer (id, name) VALUES (?, '')").execute(arguments: [id.rawValue])
        return db.lastInsertedRowID
    }

    static func setClock(_ clock: RetailerClock, of retailer: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE retailer SET clockOffset = ?, clockFrozenAt = ? WHERE key = ?",
            arguments: [clock.storedOffset, clock.storedFrozenAt, retailer]
        )
    }
}

extension RetailerClock {
    /// Reads `clockOffset` and `clockFrozenAt`.
    init(_ row: Row) {
        if let frozenAt: Int64 = row["clockFrozenAt"] {
            self = .frozen(at: Instant(millisecondsSinceEpoch: frozenAt))
        } else {
            self = .running(offset: row["clockOffset"])
        }
    }

    fileprivate var storedOffset: Int64 {
        if case .running(let offset) = self { offset } else { 0 }
    }

    fileprivate var storedFrozenAt: Int64? {
        if case .frozen(let instant) = self { instant.millisecondsSinceEpoch } else { nil }
    }
}
