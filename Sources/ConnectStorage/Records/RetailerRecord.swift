import ConnectCore
import GRDB

/// A retailer's row, as far as a request needs it.
struct RetailerRecord: Equatable, Sendable {
    let key: Int64
    let clock: RetailerClock
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

    var storedOffset: Int64 {
        if case .running(let offset) = self { offset } else { 0 }
    }

    var storedFrozenAt: Int64? {
        if case .frozen(let instant) = self { instant.millisecondsSinceEpoch } else { nil }
    }
}
