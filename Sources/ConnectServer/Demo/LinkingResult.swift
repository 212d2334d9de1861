/// How linking the accounts ended: which dialog is due.
///
/// Source: /connect/fulfillment_guide/how_to/link_an_instacart_account, “Account linking results dialog window”.
enum LinkingResult: String, Sendable {
    case succeeded
    /// The customer pressed Deny.
    case accessDenied = "access-denied"
    /// The `state` that came back is not the session's.
    case stateMismatch = "state-mismatch"
    /// No linking token was given for the code: unknown, used or expired.
    case codeRefused = "code-refused"
    case userNotActive = "user-not-active"
    /// One of the two accounts is linked to a third.
    case linkedElsewhere = "linked-elsewhere"
    /// Anything else: an outage, a limit.
    case notCompleted = "not-completed"

    /// Reads an answer of `POST …/users/{user_id}/link`.
    init(_ answer: APIAnswer) {
        switch (answer.status, answer.errorMessage) {
        case (200, _): self = .succeeded
        case (403, "User Not Active"): self = .userNotActive
        case (400, let message?) where message.hasPrefix("Validation failed"): self = .linkedElsewhere
        default: self = .notCompleted
        }
    }
}
