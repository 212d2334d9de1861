import ConnectCore

/// One recorded request with its answer.
struct ExchangeAnswer: ShownAnswer {
    struct Message: Decodable {
        let headers: [String: String]
        let body: String?
    }

    let id: Int
    let time: String
    let retailer: String?
    let clientID: String?
    let endpoint: String?
    let method: String
    /// With the query.
    let path: String
    /// Nil where nothing was answered.
    let status: Int?
    let outcome: String?
    let reason: String?
    /// In milliseconds.
    let duration: Double
    /// The fault's id, or `header`.
    let fault: String?
    let request: Message
    let response: Message?

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
}

extension ExchangeAnswer {
    /// The whole of it, the two messages as `curl -v` shows them.
    var text: String {
        let labels = Labels([
            ("id", [id.description]),
            ("time", [time]),
            ("duration", ["\(duration.word) ms"]),
            ("retailer", [retailer]),
            ("client_id", [clientID?.printable]),
            ("endpoint", [endpoint]),
            ("outcome", [outcome]),
            ("reason", [reason?.printable]),
            ("fault", [fault]),
        ])
        let answer = status.map { Self.lines("<", "\($0)", response) } ?? ["< nothing was answered"]
        return ([labels.text, ""] + Self.lines(">", "\(method) \(path)", request) + [""] + answer)
            .joined(separator: "\n")
    }

    /// As one of many in a stream.
    ///
    /// - Parameter showingRetailer: Whether to say whose it is.
    /// - Returns: The line.
    func line(showingRetailer: Bool) -> String {
        let columns: [String?] = [
            id.description,
            showingRetailer ? retailer ?? "-" : nil,
            time,
            (status?.description ?? "-").padded(to: 3),
            method.printable.padded(to: 4),
            path.printable,
            outcome ?? (status == nil ? "nothing was answered" : nil),
            reason?.printable,
            fault.map { $0 == "header" ? "(fault of the header)" : "(fault \($0))" },
        ]
        return columns.compactMap { $0 }.joined(separator: "  ")
    }

    private static func lines(_ mark: String, _ start: String, _ message: Message?) -> [String] {
        let headers = message?.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } ?? []
        let body = message?.body?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        return ([start] + headers + (body.map { [""] + $0 } ?? [])).map { line in
            line.isEmpty ? mark : "\(mark) \(line.printable)"
        }
    }
}
