/// A customer of the demo storefront; the known ones stand for the states that Instacart's pages document.
struct DemoCustomer: Equatable, Sendable {
    /// The retailer's own id, which is the Connect user's `user_id`.
    let userID: String
    let firstName: String
    let lastName: String
    /// How the demo state begins for the customer.
    let situation: String

    var name: String { "\(firstName) \(lastName)" }
}

extension DemoCustomer {
    /// Those of the built-in demo state.
    static let known = [
        DemoCustomer(
            userID: "1990ad78-9f7a-4302-95cb-f70fe03b6b04",
            firstName: "Maria",
            lastName: "Member",
            situation: "Linked, Instacart+"
        ),
        DemoCustomer(
            userID: "linked-inactive",
            firstName: "Nora",
            lastName: "Nonmember",
            situation: "Linked, no Instacart+"
        ),
        DemoCustomer(userID: "johnsmith6000", firstName: "John", lastName: "Smith", situation: "Not linked"),
        DemoCustomer(userID: "not-active", firstName: "Nick", lastName: "Notactive", situation: "Not active"),
    ]

    /// What the switcher sends for a customer that Connect has never heard of.
    static let newcomerChoice = "new"
    static let newcomerSituation = "Unknown to Connect"

    /// The customer that a form of the switcher names.
    ///
    /// - Parameters:
    ///   - choice: A known `user_id`, or ``newcomerChoice``.
    ///   - randomToken: Where a newcomer's id comes from.
    /// - Returns: The customer; nil where the choice names none.
    static func chosen(_ choice: String, randomToken: () -> String) -> DemoCustomer? {
        guard choice == newcomerChoice else { return known.first { $0.userID == choice } }
        return DemoCustomer(
            userID: "customer-\(randomToken().prefix(16))",
            firstName: "Robin",
            lastName: "Newcomer",
            situation: newcomerSituation
        )
    }

    /// What the switcher sends to sign this customer in.
    var choice: String {
        situation == Self.newcomerSituation ? Self.newcomerChoice : userID
    }
}
