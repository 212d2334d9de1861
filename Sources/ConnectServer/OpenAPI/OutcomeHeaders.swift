import ConnectCore
import HTTPTypes

/// The headers of the answers that one status has.
struct OutcomeHeaders {
    let examples: [OutcomeExample]

    var json: JSONBody {
        let keys = examples.map(\.outcome.key)
        var headers: [String: JSONBody] = [
            HTTPField.Name.sandboxOutcome.rawName: header(
                "The key of the outcome.",
                .fields(["type": .text("string"), "enum": .texts(keys)])
            ),
            HTTPField.Name.sandboxFaultHit.rawName: .fields([
                "$ref": .text("#/components/headers/\(HTTPField.Name.sandboxFaultHit.rawName)")
            ]),
        ]
        if examples.contains(where: { !$0.outcome.isSuccess }) {
            headers[HTTPField.Name.sandboxReason.rawName] = header(
                "Which check failed, what was expected and what came: one sentence.",
                .fields(["type": .text("string"), "pattern": .text("^[ -~]+$")])
            )
        }
        headers[HTTPField.Name.location.rawName] = header("Where the browser goes.", values: \.location)
        headers[HTTPField.Name.wwwAuthenticate.rawName] = header("RFC 6750 §3.", values: \.challenge)
        return .fields(headers)
    }

    private func header(_ description: String, _ schema: JSONBody) -> JSONBody {
        .fields(["description": .text(description), "required": .flag(true), "schema": schema])
    }

    /// A header of which outcomes have examples of their own; nil where none has it.
    private func header(_ description: String, values: (OutcomeExample) -> String?) -> JSONBody? {
        let pairs = examples.compactMap { example in values(example).map { (example, $0) } }
        guard !pairs.isEmpty else { return nil }
        var header = header(description, .fields(["type": .text("string"), "minLength": .number(1)]))
        header["required"] = .flag(pairs.count == examples.count)
        header["examples"] = .fields(
            Dictionary(uniqueKeysWithValues: pairs.map { ($0.outcome.key, $0.json(of: .text($1))) })
        )
        return header
    }
}
