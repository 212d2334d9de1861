import DequeModule

/// The latest exchanges, as many as fit.
package struct ExchangeRing: Sendable {
    private let maximumCount: Int
    private let maximumSize: Int
    private var exchanges: Deque<Exchange> = []
    private var size = 0
    /// The id of the latest exchange that there was, still here or not.
    package private(set) var lastID = 0

    /// - Parameters:
    ///   - count: How many exchanges at most.
    ///   - size: About how many bytes at most.
    package init(count: Int, size: Int) {
        maximumCount = count
        maximumSize = size
    }

    package var count: Int { exchanges.count }

    /// About how many bytes they take.
    package var bytes: Int { size }

    /// Adds an exchange; the oldest make room for it.
    ///
    /// - Parameter make: Makes it with its id.
    /// - Returns: The exchange.
    @discardableResult
    package mutating func append(_ make: (_ id: Int) -> Exchange) -> Exchange {
        lastID += 1
        let exchange = make(lastID)
        exchanges.append(exchange)
        size += exchange.size
        while exchanges.count > maximumCount || size > maximumSize, let oldest = exchanges.popFirst() {
            size -= oldest.size
        }
        return exchange
    }

    /// - Parameters:
    ///   - filter: Which ones.
    ///   - limit: How many at most.
    /// - Returns: The latest first.
    package func latest(_ filter: ExchangeFilter, limit: Int) -> [Exchange] {
        var found: [Exchange] = []
        for exchange in exchanges.reversed() where filter.matches(exchange) {
            found.append(exchange)
            if found.count == limit { break }
        }
        return found
    }

    /// - Parameter id: An exchange of its own past.
    /// - Returns: What came after it and is still here, the earliest first, and how many are not.
    package func following(_ id: Int) -> (exchanges: [Exchange], missed: Int) {
        let first = exchanges.firstIndex { $0.id > id } ?? exchanges.endIndex
        let rest = Array(exchanges[first...])
        return (rest, lastID - id - rest.count)
    }

    package func count(_ filter: ExchangeFilter) -> Int {
        exchanges.count { filter.matches($0) }
    }

    /// - Parameter id: An exchange's id.
    /// - Returns: Nil where it is not here, or no longer.
    package subscript(id: Int) -> Exchange? {
        exchanges.first { $0.id == id }
    }

    /// Forgets exchanges; ids go on.
    ///
    /// - Parameter retailer: Whose; nil for all.
    package mutating func clear(_ retailer: RetailerID?) {
        guard let retailer else {
            exchanges.removeAll()
            size = 0
            return
        }
        exchanges.removeAll { $0.retailer == retailer }
        size = exchanges.reduce(0) { $0 + $1.size }
    }
}
