/// Why a request is not granted: the outcome that the wire shows, and the reason that only the sandbox tells.
package struct Refusal: Error, Equatable, Sendable {
    package let outcome: Outcome
    package let reason: Reason
    /// The single errors, where the outcome wraps two or more.
    package let parts: [Outcome]

    package init(_ outcome: Outcome, _ reason: Reason, parts: [Outcome] = []) {
        self.outcome = outcome
        self.reason = reason
        self.parts = parts
    }
}
