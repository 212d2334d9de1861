import ConnectCore

/// An exchange as the sandbox's own API shows it: without secrets.
struct ExchangeResponse: Encodable {
    struct Message: Encodable {
        let headers: [String: String]
        /// Null where there is none.
        let body: String?

        init(_ message: Exchange.Message) {
            let pairs = message.headers.map { name, value in
                (name.lowercased(), Redaction.header(value, named: name))
            }
            headers = Dictionary(pairs) { "\($0), \($1)" }
            body = Redaction.body(message.body, size: message.bodySize, contentType: headers["content-type"])
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(headers, forKey: .headers)
            try container.encode(body, forKey: .body)
        }

        enum CodingKeys: String, CodingKey {
            case headers
            case body
        }
    }

    private let exchange: Exchange

    init(_ exchange: Exchange) {
        self.exchange = exchange
    }

    enum CodingKeys: String, CodingKey {
        case id
        case time
        case retailer
        case clientID = "client_id"
        case endpoint
        case method
        case path
        case status
        case outcome
        case reason
        case duration = "duration_ms"
        case fault
        case request
        case response
    }

    /// What is not known is written as null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(exchange.id, forKey: .id)
        try container.encode(exchange.time.iso8601WithMilliseconds, forKey: .time)
        try container.encode(exchange.retailer?.rawValue, forKey: .retailer)
        try container.encode(exchange.clientID?.rawValue, forKey: .clientID)
        try container.encode(exchange.endpoint?.name, forKey: .endpoint)
        try container.encode(exchange.method, forKey: .method)
        try container.encode(Redaction.url(exchange.target), forKey: .path)
        try container.encode(exchange.status, forKey: .status)
        try container.encode(exchange.outcome, forKey: .outcome)
        try container.encode(exchange.reason, forKey: .reason)
        try container.encode(exchange.milliseconds, forKey: .duration)
        try container.encode(exchange.fault, forKey: .fault)
        try container.encode(Message(exchange.request), forKey: .request)
        try container.encode(exchange.response.map(Message.init), forKey: .response)
    }
}

struct ExchangesResponse: Encodable {
    let requests: [ExchangeResponse]

    init(_ exchanges: [Exchange]) {
        requests = exchanges.map(ExchangeResponse.init)
    }
}

struct ExchangeCountResponse: Encodable {
    let count: Int
}
