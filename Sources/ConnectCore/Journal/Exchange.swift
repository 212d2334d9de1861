/// One recorded request with its answer.
///
/// Bodies and headers are kept as they came and are only ever shown with their secrets redacted; see ``Redaction``.
package final class Exchange: Sendable {
    /// What was sent or answered.
    package struct Message: Sendable {
        package let headers: [(name: String, value: String)]
        package let body: [UInt8]
        /// How many bytes the body had, where less is kept.
        package let bodySize: Int

        package init(headers: [(name: String, value: String)], body: [UInt8], bodySize: Int) {
            self.headers = headers
            self.body = body
            self.bodySize = bodySize
        }

        fileprivate var size: Int {
            headers.reduce(body.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        }
    }

    /// How much of a body is kept, in bytes: 16 KiB.
    package static let keptBody = 16_384

    /// Counted from 1 since the server started.
    package let id: Int
    /// The real time at which the request came.
    package let time: Instant
    /// Whose it is; nil where it is nobody's.
    package let retailer: RetailerID?
    package let clientID: ClientID?
    package let endpoint: Endpoint?
    package let method: String
    /// With its query, as it came.
    package let target: String
    /// Nil where nothing was answered.
    package let status: Int?
    package let outcome: String?
    package let reason: String?
    package let microseconds: Int64
    /// The rule that hit it, or `header`.
    package let fault: String?
    package let request: Message
    /// Nil where nothing was answered.
    package let response: Message?

    package init(
        id: Int,
        time: Instant,
        retailer: RetailerID?,
        clientID: ClientID?,
        endpoint: Endpoint?,
        method: String,
        target: String,
        status: Int?,
        outcome: String?,
        reason: String?,
        microseconds: Int64,
        fault: String?,
        request: Message,
        response: Message?
    ) {
        self.id = id
        self.time = time
        self.retailer = retailer
        self.clientID = clientID
        self.endpoint = endpoint
        self.method = method
        self.target = target
        self.status = status
        self.outcome = outcome
        self.reason = reason
        self.microseconds = microseconds
        self.fault = fault
        self.request = request
        self.response = response
    }

    package var milliseconds: Double { Double(microseconds) / 1000 }

    /// The path without its query.
    package var path: Substring { target.prefix { $0 != "?" } }

    /// About how many bytes it takes.
    package var size: Int {
        200 + target.utf8.count + (reason?.utf8.count ?? 0) + request.size + (response?.size ?? 0)
    }
}
