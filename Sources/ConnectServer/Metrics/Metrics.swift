import ConnectCore
import Synchronization

/// Counts exchanges since the start: what was answered, and how long it took.
final class Metrics: Sendable {
    /// What exchanges are told apart by.
    struct Label: Hashable {
        /// Nil where no endpoint has the path.
        let endpoint: Endpoint?
        /// Nil for a page, and where a fault let nothing be answered.
        let outcome: String?
    }

    struct Counts {
        var requests: [Label: Int] = [:]
        var latencies: [Endpoint?: LatencyHistogram] = [:]
    }

    private let counts = Mutex(Counts())

    var value: Counts { counts.withLock { $0 } }

    func count(_ exchange: Exchange) {
        counts.withLock { counts in
            counts.requests[Label(endpoint: exchange.endpoint, outcome: exchange.outcome), default: 0] += 1
            counts.latencies[exchange.endpoint, default: LatencyHistogram()].add(microseconds: exchange.microseconds)
        }
    }
}

/// How many exchanges took how long.
struct LatencyHistogram {
    /// The longest durations of the buckets but the last, in microseconds: a local answer takes about one millisecond,
    /// one that a fault delays up to minutes.
    static let bounds: [Int64] = [
        250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        10_000_000,
    ]

    private var buckets = [Int](repeating: 0, count: bounds.count + 1)
    /// Of all durations.
    private(set) var microseconds: Int64 = 0

    mutating func add(microseconds: Int64) {
        buckets[Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count] += 1
        self.microseconds += microseconds
    }

    /// How many took no longer than each bound, and, last, how many there were.
    var cumulated: [Int] {
        var count = 0
        return buckets.map { bucket in
            count += bucket
            return count
        }
    }
}
