import ConnectCore
import Logging

extension Logger {
    /// Tells of an exchange in a line: the rest, its query among it, is in the journal under the same id.
    ///
    /// Of a path there is as much as a line can do with.
    func log(_ exchange: Exchange) {
        guard logLevel <= .info else { return }
        var fields: Logger.Metadata = [
            "request_id": .stringConvertible(exchange.id),
            "duration_ms": .stringConvertible(exchange.milliseconds),
        ]
        if let status = exchange.status { fields["status"] = .stringConvertible(status) }
        if let outcome = exchange.outcome { fields["outcome"] = .string(outcome) }
        if let retailer = exchange.retailer { fields["retailer"] = .string(retailer.rawValue) }
        if let fault = exchange.fault { fields["fault"] = .string(fault) }
        if let reason = exchange.reason { fields["reason"] = .string(reason) }
        info("\(exchange.method) \(Redaction.url(String(exchange.path)).cut(to: 300))", metadata: fields)
    }
}
