import ConnectCore

/// An outcome as an example of what an endpoint answers.
struct OutcomeExample {
    let outcome: Outcome
    /// Nil where a page or a redirect is answered.
    let body: JSONBody?
    /// The name of the schema that an error has.
    let errorSchema: String?
    /// The `WWW-Authenticate` header, where there is one.
    let challenge: String?
    private let wireError: Outcome.WireError?

    /// - Throws: What encoding a body does.
    init(_ outcome: Outcome, of endpoint: Endpoint, choices: Choices) throws {
        self.outcome = outcome
        body = try outcome.exampleBody(in: endpoint.family, where: choices).map(JSONBody.init(parsing:))
        wireError = outcome.wireError(in: endpoint.family)
        switch wireError {
        case .connect(let error):
            errorSchema = outcome.isListed(where: choices) ? "ConnectErrors" : "ConnectError"
            challenge = outcome.bearerChallenge.map { OAuthHeaders.challenge(OAuthError($0, error.message)) }
        case .connectErrors:
            errorSchema = "ConnectErrors"
            challenge = nil
        case .oauth(let error):
            errorSchema = "OAuthError"
            challenge = OAuthHeaders.challenge(error)
        case .page, nil:
            errorSchema = nil
            challenge = nil
        }
    }

    var isPage: Bool {
        if case .page = wireError { true } else { outcome.answer == .page }
    }

    /// A `Location`, where there is one.
    var location: String? {
        if case .redirect(let location) = outcome.answer { location } else { nil }
    }

    /// OpenAPI's Example Object; without a value where a page is answered, which is different each time.
    var json: JSONBody { json(of: body) }

    /// The same for something else than the body.
    func json(of value: JSONBody?) -> JSONBody {
        var example = JSONBody.fields(["summary": .text(outcome.cause), "description": .text(provenance)])
        example["value"] = value
        return example
    }

    private var provenance: String {
        switch outcome.provenance {
        case .documented(let page):
            return "Documented: \(ContractPage.Link(page: page).address)"
        case .assumed(let basis, let assumption):
            let turn = assumption.map { " It is turned by --assume \($0.rawValue)." } ?? ""
            return "Assumed: \(basis)\(turn)"
        }
    }
}
