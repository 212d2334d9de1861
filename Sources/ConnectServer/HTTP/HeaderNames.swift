import HTTPTypes

extension HTTPField.Name {
    /// The key of the outcome, on every answer under `/v2`.
    static let sandboxOutcome = name("X-Sandbox-Outcome")
    /// Why a request was refused.
    static let sandboxReason = name("X-Sandbox-Reason")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
