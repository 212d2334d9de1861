/// What is shown instead of a page of the storefront, and how to get one.
struct UnavailablePage: Sendable {
    let heading: String
    let cause: String
    let remedy: String
    let hasCommand: Bool
    let command: String
    let isFormProblem: Bool

    init(_ problem: DemoProblem) {
        var command = ""
        switch problem {
        case .noRetailer:
            heading = "The demo retailer is missing"
            cause =
                "The storefront is a website of the retailer “demo”, and this sandbox’s database has no application of it."
            remedy =
                "Start the sandbox with the built-in demo state: with a new database and without --state. "
                + "Or name fixtures/states/demo.yaml beside your own state documents."
            command = "connect-sandbox serve --database :memory:"
        case .disabled(let clientID):
            heading = "The demo application is disabled"
            cause = "The storefront is the application \(clientID), which is disabled and gets no tokens."
            remedy = "Enable the application again, or start the sandbox with the built-in demo state."
            command = "connect-sandbox serve --database :memory:"
        case .credentialsRefused(let clientID, let outcome):
            heading = "The demo application is refused"
            cause =
                "The storefront’s backend asked for a fulfillment token as \(clientID), and was answered \(outcome)."
            remedy =
                "Give the application its scope connect:fulfillment back, remove the fault that refuses it, "
                + "or start the sandbox with the built-in demo state."
            command = "connect-sandbox serve --database :memory:"
        case .foreignForm:
            heading = "This form came from another site"
            cause = "The storefront takes forms from its own pages only."
            remedy = "Go to the store and choose the customer there."
        case .staleForm:
            heading = "This page was out of date"
            cause = "The form belongs to a session that has ended, or to no session at all."
            remedy = "Go to the store and choose the customer again."
        case .unknownCustomer:
            heading = "There is no such customer"
            cause = "The storefront knows its own customers, and none by this id."
            remedy = "Go to the store and choose one of those that are offered."
        }
        self.command = command
        hasCommand = !command.isEmpty
        isFormProblem = command.isEmpty
    }
}
