import ConnectCore

/// What was waited for, come or not.
struct WaitResponse: Encodable {
    /// An exchange that was not asked for, in short.
    struct Seen: Encodable {
        let id: Int
        let method: String
        let path: String
        let status: Int?
        let outcome: String?

        init(_ exchange: Exchange) {
            id = exchange.id
            method = exchange.method
            path = Redaction.url(exchange.target)
            status = exchange.status
            outcome = exchange.outcome
        }

        enum CodingKeys: String, CodingKey {
            case id
            case method
            case path
            case status
            case outcome
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(method, forKey: .method)
            try container.encode(path, forKey: .path)
            try container.encode(status, forKey: .status)
            try container.encode(outcome, forKey: .outcome)
        }
    }

    let count: Int
    let requests: [ExchangeResponse]
    /// Both only where the time was over first.
    let error: ControlErrorBody.Details?
    let seen: [Seen]?

    init(_ exchanges: [Exchange], error: ControlErrorBody.Details? = nil, seen: [Exchange]? = nil) {
        count = exchanges.count
        requests = exchanges.map(ExchangeResponse.init)
        self.error = error
        self.seen = seen.map { $0.map(Seen.init) }
    }
}
