import ConnectCore

/// The catalogue, as `/_sandbox/contract` shows it.
struct ContractResponse: Encodable {
    struct EndpointResponse: Encodable {
        let name: String
        let method: String
        let path: String
        /// The path of its page on docs.instacart.com.
        let page: String
        let outcomes: [OutcomeResponse]
    }

    struct AssumptionResponse: Encodable {
        let name: String
        let explanation: String
        let isInForce: Bool
        /// The keys of the outcomes that it turns.
        let outcomes: [String]

        enum CodingKeys: String, CodingKey {
            case name
            case explanation
            case isInForce = "in_force"
            case outcomes
        }
    }

    let endpoints: [EndpointResponse]
    /// What every endpoint can answer.
    let shared: [OutcomeResponse]
    let assumptions: [AssumptionResponse]

    /// - Parameters:
    ///   - authorizePath: Where the authorization URL is.
    ///   - choices: What is chosen where Instacart's pages leave a choice.
    /// - Throws: What encoding an example does.
    init(authorizePath: String, choices: Choices) throws {
        endpoints = try Endpoint.allCases.map { endpoint in
            EndpointResponse(
                name: endpoint.name,
                method: endpoint.method,
                path: endpoint == .authorize ? authorizePath : endpoint.path,
                page: endpoint.page,
                outcomes: try Outcome.outcomes(of: endpoint).map { try OutcomeResponse($0, choices: choices) }
            )
        }
        shared = try Outcome.catalogue.filter { $0.endpoint == nil }.map { try OutcomeResponse($0, choices: choices) }
        assumptions = Assumption.allCases.map { assumption in
            AssumptionResponse(
                name: assumption.rawValue,
                explanation: assumption.explanation,
                isInForce: choices.assumptions.contains(assumption),
                outcomes: Outcome.catalogue.filter { $0.assumption == assumption }.map(\.key)
            )
        }
    }
}
