import ConnectCore
import Hummingbird

/// The query of a request for recorded requests.
struct RequestQuery {
    var filter: ExchangeFilter
    /// How many are answered at most.
    var limit = 100
    /// How many are waited for.
    var count = 1
    /// How long they are waited for.
    var timeout = Duration.seconds(5)
    /// The last event that the client has seen.
    var lastEventID: Int?

    /// Reads the parameters that a route knows.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - retailer: Whose requests; nil for all.
    ///   - known: The names of the parameters.
    /// - Throws: ``ControlError`` for an unknown one, a repeated one, or a bad value.
    init(_ request: Request, of retailer: RetailerID?, known: [String]) throws {
        filter = ExchangeFilter(retailer: retailer)
        let parameters: [String: FormValue]
        do {
            parameters = try URLEncodedFormDecoder().decode([String: FormValue].self, from: request.uri.query ?? "")
        } catch {
            throw ControlError.invalidParameter("query", expected: "well-formed, with each parameter once")
        }
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw ControlError.invalidParameter(name, expected: "one of \(known.joined(separator: ", "))")
            }
            try read(name, value.text ?? "")
        }
    }

    private mutating func read(_ name: String, _ text: String) throws {
        func value<Value>(_ expectation: String, _ value: Value?) throws -> Value {
            guard let value else { throw ControlError.invalidParameter(name, expected: expectation) }
            return value
        }
        switch name {
        case "endpoint":
            let names = Endpoint.allCases.map(\.name).joined(separator: ", ")
            filter.endpoint = try value("one of \(names)", Endpoint(rawValue: text))
        case "outcome":
            let isKnown = Outcome.catalogue.contains { $0.key == text }
            filter.outcome = try value("the key of an outcome", isKnown ? text : nil)
        case "status": filter.status = try value("a status code", number(text, in: 100...599))
        case "method": filter.method = try value("an HTTP method", text.isEmpty ? nil : text.uppercased())
        case "path": filter.path = try value("a path, such as /v2/*", text.isEmpty ? nil : PathPattern(text))
        case "before": filter.before = try value("the id of a request", number(text, in: 1...Int.max))
        case "since":
            filter.after = number(text, in: 0...Int.max)
            guard filter.after == nil else { return }
            filter.since = try value("the id of a request, or a date", Instant(iso8601: text))
        case "limit": limit = try value("a whole number from 1 to 1000", number(text, in: 1...1000))
        case "count": count = try value("a whole number from 1 to 1000", number(text, in: 1...1000))
        case "timeout": timeout = try value("a duration such as 500ms or 5s, at most 60s", duration(text))
        case "last_event_id": lastEventID = try value("the id of an event", number(text, in: 0...Int.max))
        default: preconditionFailure("the parameter \(name) is known but not read")
        }
    }

    private func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text).flatMap { range.contains($0) ? $0 : nil }
    }

    private func duration(_ text: String) -> Duration? {
        guard let match = text.wholeMatch(of: /([0-9]{1,6})(ms|s)/), let count = Int(match.1) else { return nil }
        let duration: Duration = match.2 == "ms" ? .milliseconds(count) : .seconds(count)
        return duration <= .seconds(60) ? duration : nil
    }
}
