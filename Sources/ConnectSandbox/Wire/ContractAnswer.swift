/// Every endpoint with its outcomes, and what they rest on.
struct ContractAnswer: ShownAnswer {
    struct Endpoint: Decodable {
        let name: String
        let method: String
        let path: String
        let outcomes: [OutcomeAnswer]
    }

    struct Assumption: Decodable {
        let name: String
        let explanation: String
        let isInForce: Bool

        enum CodingKeys: String, CodingKey {
            case name
            case explanation
            case isInForce = "in_force"
        }
    }

    let endpoints: [Endpoint]
    let shared: [OutcomeAnswer]
    let assumptions: [Assumption]

    /// The outcomes that a name on the command line means.
    ///
    /// - Parameter name: An endpoint's name, `any`, or the key of an outcome.
    /// - Returns: The outcomes; none where there is nothing of that name.
    func outcomes(of name: String) -> [OutcomeAnswer] {
        if name == "any" { return shared }
        if let endpoint = endpoints.first(where: { $0.name == name }) { return endpoint.outcomes }
        return (endpoints.flatMap(\.outcomes) + shared).filter { $0.key == name }
    }

    var text: String {
        let sections = endpoints.map { endpoint in
            "\(endpoint.name): \(endpoint.method) \(endpoint.path)\n\n\(Self.table(of: endpoint.outcomes))"
        }
        let names = Table(
            titles: ["assumption", "in force", "explanation"],
            rows: assumptions.map { [$0.name, $0.isInForce.word, $0.explanation] }
        )
        return (sections + ["Shared by all endpoints\n\n\(Self.table(of: shared))", names.text])
            .joined(separator: "\n\n")
    }

    private static func table(of outcomes: [OutcomeAnswer]) -> String {
        Table(
            titles: ["outcome", "status", "documented"],
            rows: outcomes.map { [$0.key, $0.status.description, $0.documented ?? "assumed"] }
        ).text
    }
}
