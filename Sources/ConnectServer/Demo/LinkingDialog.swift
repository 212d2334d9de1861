/// The dialog that tells how linking the accounts ended.
struct LinkingDialog: Sendable {
    /// ``LinkingResult``'s raw value, for tests to look for.
    let resultName: String
    let isSuccess: Bool
    let dialogTitle: String
    let explanation: String
    let instruction: String

    init(_ result: LinkingResult) {
        resultName = result.rawValue
        isSuccess = result == .succeeded
        dialogTitle = isSuccess ? "Account linking succeeded" : "Account linking failed"
        (explanation, instruction) = Self.texts(for: result)
    }

    private static func texts(for result: LinkingResult) -> (explanation: String, instruction: String) {
        switch result {
        case .succeeded:
            (
                "Your Demo Grocer account and your Instacart account are linked.",
                "If you are an Instacart+ member, your deliveries are $0 from now on."
            )
        case .accessDenied:
            (
                "You did not allow Demo Grocer to access your Instacart account, so nothing was linked.",
                "To try again, close this window, choose “Link accounts” and then “Allow”."
            )
        case .stateMismatch:
            (
                "We could not tell that this request was yours, so nothing was linked.",
                "Close this window and choose “Link accounts” again, in this browser and without changing the customer "
                    + "in between."
            )
        case .codeRefused:
            (
                "Instacart’s authorization was not accepted: it may have been used before, or have run out.",
                "Close this window, choose “Link accounts” again and finish within ten minutes."
            )
        case .userNotActive:
            (
                "Your Demo Grocer account is not active at Instacart, because its deletion was requested.",
                "Contact Demo Grocer customer service to have your account looked into."
            )
        case .linkedElsewhere:
            (
                "The Instacart account that you chose is already linked to another Demo Grocer account, or yours is "
                    + "linked to another Instacart account.",
                "Sign in to Instacart with a different account, or ask Instacart customer service to unlink the other "
                    + "one, then try again."
            )
        case .notCompleted:
            (
                "Instacart could not complete the request.",
                "Close this window, wait a moment and choose “Link accounts” again."
            )
        }
    }
}
