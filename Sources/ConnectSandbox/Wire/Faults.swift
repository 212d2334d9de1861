import ConnectCore

/// A failure on demand.
struct FaultAnswer: ShownAnswer {
    let id: String
    let endpoint: String?
    let path: String?
    let method: String?
    let outcome: String?
    let status: Int?
    let wire: String?
    let latency: LatencyFields?
    let nth: Int
    /// Nil where there is no end.
    let times: Int?
    let probability: Double
    let seed: UInt64?
    let seen: Int
    let hits: Int
    /// Nil where there is no end.
    let remaining: Int?

    var text: String {
        Labels([
            ("id", [id]),
            ("endpoint", [endpoint]),
            ("path", [path?.printable]),
            ("method", [method?.printable]),
            ("outcome", [outcome]),
            ("status", [status?.description]),
            ("wire", [wire]),
            ("latency", [latency?.text]),
            ("nth", [nth.description]),
            ("times", [times?.description ?? "always"]),
            ("probability", [probability.word]),
            ("seed", [seed?.description]),
            ("seen", [seen.description]),
            ("hits", [hits.description]),
            ("remaining", [remaining?.description ?? "no end"]),
        ]).text
    }
}

extension FaultAnswer {
    /// Which requests are hit, in a few words.
    var requests: String {
        let named = endpoint.map { [method, $0] } ?? [method, path]
        let words = named.compactMap { $0?.printable }.joined(separator: " ")
        return [
            words.nonEmpty ?? "every request",
            nth > 1 ? "from no. \(nth) on" : nil,
            probability < 1 ? "chance \(probability.word)" : nil,
        ]
        .compactMap { $0 }.joined(separator: ", ")
    }

    /// What happens to them, in a few words.
    var effect: String {
        [outcome, status.map { "status \($0)" }, wire.map(Self.words), latency.map { "latency \($0.text)" }]
            .compactMap { $0 }.joined(separator: ", ")
    }

    private static func words(for wire: String) -> String {
        switch wire {
        case "reset": "connection reset"
        case "empty": "empty reply"
        case "truncated": "truncated body"
        case "malformed": "malformed body"
        default: wire
        }
    }
}

struct FaultList: ShownAnswer {
    let faults: [FaultAnswer]

    var text: String {
        guard !faults.isEmpty else { return "no faults" }
        return Table(
            titles: ["id", "requests", "what happens", "seen", "hits", "remaining"],
            rows: faults.map { fault in
                [
                    fault.id, fault.requests, fault.effect, fault.seen.description, fault.hits.description,
                    fault.remaining?.description ?? "no end",
                ]
            }
        ).text
    }
}
