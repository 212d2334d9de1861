import ConnectCore

/// Recorded requests.
struct ExchangeList: Decodable {
    let requests: [ExchangeAnswer]
}

/// How many requests there are.
struct CountAnswer: ShownAnswer {
    let count: Int

    /// The bare number, for scripts.
    var text: String { count.description }
}

/// How many requests a stream could not show any more.
struct GapAnswer: ShownAnswer {
    let missed: Int

    var text: String {
        let requests = missed == 1 ? "1 request is" : "\(missed) requests are"
        return "--  \(requests) missing here: the journal holds them no longer"
    }
}

/// What was asked instead of what was waited for.
struct WaitTimeout: Decodable {
    struct Failure: Decodable {
        let message: String
    }

    struct Other: Decodable {
        let id: Int
        let method: String
        let path: String
        let status: Int?
        let outcome: String?
    }

    let error: Failure
    /// What did match.
    let requests: [ExchangeAnswer]
    let seen: [Other]

    /// The server's sentence and two tables.
    func text(showingRetailers: Bool) -> String {
        var parts = [error.message]
        if !requests.isEmpty {
            let table = ExchangeTable(exchanges: requests, showsRetailers: showingRetailers)
            parts.append("What matched:\n\(table.text)")
        }
        parts.append(seen.isEmpty ? "Nothing else was asked." : "What was asked instead:\n\(others.text)")
        return parts.joined(separator: "\n\n")
    }

    private var others: Table {
        Table(
            titles: ["id", "status", "method", "path", "outcome"],
            rows: seen.sorted { $0.id < $1.id }.map { other in
                [
                    other.id.description, other.status?.description, other.method.printable,
                    other.path.printable.cut(to: ExchangeTable.pathWidth), other.outcome,
                ]
            }
        )
    }
}
