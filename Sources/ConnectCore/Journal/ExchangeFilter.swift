/// Which exchanges are asked for.
package struct ExchangeFilter: Equatable, Sendable {
    /// Nil for all, those of no retailer included.
    package var retailer: RetailerID?
    package var endpoint: Endpoint?
    package var outcome: String?
    package var status: Int?
    package var method: String?
    package var path: PathPattern?
    /// Only what came after this one.
    package var after: Int?
    /// Only what came at this time or later.
    package var since: Instant?
    /// Only what came before this one.
    package var before: Int?

    package init(retailer: RetailerID? = nil) {
        self.retailer = retailer
    }

    /// - Parameter exchange: An exchange.
    /// - Returns: Whether it is asked for.
    package func matches(_ exchange: Exchange) -> Bool {
        (retailer == nil || exchange.retailer == retailer)
            && (endpoint == nil || exchange.endpoint == endpoint)
            && (outcome == nil || exchange.outcome == outcome)
            && (status == nil || exchange.status == status)
            && (method == nil || exchange.method == method)
            && (path?.matches(String(exchange.path)) ?? true)
            && (after.map { exchange.id > $0 } ?? true)
            && (since.map { exchange.time >= $0 } ?? true)
            && (before.map { exchange.id < $0 } ?? true)
    }
}
