/// What surrounds every page of the storefront: the customer switcher, the navigation, a dialog, the calls.
struct DemoFrame: Sendable {
    enum Section {
        case store
        case profile
        case checkout
    }

    struct Choice: Sendable {
        let choice: String
        let choiceName: String
        let situation: String
        let isCurrent: Bool

        /// Of who is signed in, what the API said last is known; of the others, how the demo state begins.
        init(_ choice: String, name: String, situation: String, _ session: DemoSession) {
            self.choice = choice
            choiceName = name
            isCurrent = session.customer?.choice == choice
            self.situation = (isCurrent ? session.membership?.situation : nil) ?? situation
        }
    }

    let title: String
    let isStore: Bool
    let isProfile: Bool
    let isCheckout: Bool
    let antiForgeryToken: String
    let choices: [Choice]
    let isSignedIn: Bool
    let customerName: String
    let dialog: LinkingDialog?
    let hasDialog: Bool
    let groups: [APICallGroup]
    let hasCalls: Bool
    /// `3 calls`.
    let callCount: String

    init(
        _ section: Section,
        title: String,
        session: DemoSession,
        calls: [APICallGroup],
        result: LinkingResult? = nil
    ) {
        self.title = title
        isStore = section == .store
        isProfile = section == .profile
        isCheckout = section == .checkout
        antiForgeryToken = session.antiForgeryToken
        choices =
            DemoCustomer.known.map { Choice($0.choice, name: $0.name, situation: $0.situation, session) } + [
                Choice(
                    DemoCustomer.newcomerChoice,
                    name: "A new customer",
                    situation: DemoCustomer.newcomerSituation,
                    session
                )
            ]
        isSignedIn = session.customer != nil
        customerName = session.customer?.name ?? ""
        dialog = result.map(LinkingDialog.init)
        hasDialog = result != nil
        groups = calls.filter { !$0.calls.isEmpty }
        let count = groups.map(\.calls.count).reduce(0, +)
        hasCalls = count > 0
        callCount = count == 1 ? "1 call" : "\(count) calls"
    }
}
