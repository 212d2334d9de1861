import Foundation

/// The OpenAPI document as far as people write it: the `openapi*.yaml` of `Assets`, as one.
struct OpenAPIBase: Sendable {
    /// What a route of the sandbox's own refuses with a code.
    struct Refusal: Sendable {
        let status: Int
        /// As it may be.
        let message: String
    }

    /// Read when it is first asked for: no start waits for it.
    static let embedded = Result { try OpenAPIBase() }

    let document: JSONBody
    /// By code.
    let refusals: [String: Refusal]

    private init() throws {
        let files = EmbeddedFiles.byName.filter { $0.key.hasPrefix("openapi") && $0.key.hasSuffix(".yaml") }
        var document = JSONBody.fields([:])
        for (_, text) in files.sorted(by: { $0.key < $1.key }) {
            document = document.merging(try JSONBody(yaml: text))
        }
        let refusals = document["x-errors"]?.members ?? [:]
        document["x-errors"] = nil
        self.document = document
        self.refusals = refusals.compactMapValues { refusal in
            guard let status = refusal["status"]?.integer, let message = refusal["message"]?.string else { return nil }
            return Refusal(status: status, message: message)
        }
    }
}
