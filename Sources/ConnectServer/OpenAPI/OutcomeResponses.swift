import ConnectCore
import NIOHTTP1

/// The answers of one operation of Instacart's: the outcomes that its endpoint can have, by status.
struct OutcomeResponses {
    let endpoint: Endpoint
    /// Whether it takes the forms of the authorization URL's pages, which are answered by 303 where a visit is by 302.
    let takesForm: Bool
    let choices: Choices

    /// - Parameter written: The answers as people write them: at most the schema of success.
    /// - Returns: The answers.
    /// - Throws: What encoding an example does.
    func responses(completing written: JSONBody) throws -> JSONBody {
        let byStatus = Dictionary(grouping: outcomes, by: status)
        return .fields(
            Dictionary(
                uniqueKeysWithValues: try byStatus.map { status, outcomes in
                    let schema = written["\(status)"]?["content"]?["application/json"]?["schema"]
                    return ("\(status)", try response(status, outcomes, success: schema))
                }
            )
        )
    }

    private var outcomes: [Outcome] {
        let shared = Outcome.catalogue.filter { $0.endpoint == nil && $0.canAnswer(endpoint) }
        return Outcome.outcomes(of: endpoint).filter(isOfOperation) + shared
    }

    /// Pages and remembered consent answer a visit, what the catalogue has as 303 a form.
    private func isOfOperation(_ outcome: Outcome) -> Bool {
        guard endpoint.family == .browser else { return true }
        let isOfVisit = outcome.answer == .page || outcome.assumption == .consentRemembered
        return takesForm ? !isOfVisit : outcome.status != 303
    }

    private func status(_ outcome: Outcome) -> Int {
        takesForm && outcome.status == 302 ? 303 : outcome.status
    }

    private func response(_ status: Int, _ outcomes: [Outcome], success: JSONBody?) throws -> JSONBody {
        let examples = try outcomes.map { try OutcomeExample($0, of: endpoint, choices: choices) }
        var response = JSONBody.fields([
            "description": .text(HTTPResponseStatus(statusCode: status).reasonPhrase),
            "headers": OutcomeHeaders(examples: examples).json,
        ])
        let bodies = examples.filter { $0.body != nil }
        if !bodies.isEmpty {
            response["content"] = .fields([
                "application/json": .fields([
                    "schema": success ?? schema(of: bodies.compactMap(\.errorSchema)),
                    "examples": .fields(Dictionary(uniqueKeysWithValues: bodies.map { ($0.outcome.key, $0.json) })),
                ])
            ])
        }
        let pages = examples.filter(\.isPage)
        if !pages.isEmpty {
            response["content"] = .fields([
                "text/html": .fields([
                    "schema": .fields(["type": .text("string")]),
                    "examples": .fields(Dictionary(uniqueKeysWithValues: pages.map { ($0.outcome.key, $0.json) })),
                ])
            ])
        }
        return response
    }

    private func schema(of names: [String]) -> JSONBody {
        let references = Set(names).sorted().map { name in
            JSONBody.fields(["$ref": .text("#/components/schemas/\(name)")])
        }
        return references.count == 1 ? references[0] : .fields(["oneOf": .list(references)])
    }
}
