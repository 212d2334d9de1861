/// What the storefront remembers of a browser.
struct DemoSession: Sendable {
    /// What every form of this session carries.
    let antiForgeryToken: String
    /// Who is signed in.
    var customer: DemoCustomer?
    /// What the API said when it was last asked: at sign-in, on the profile page, at checkout.
    var membership: MembershipStatus?
    /// The CSRF value that the next return from Instacart has to bring; good once.
    var linkingState: String?
    /// What the next profile page tells.
    var news = News()

    /// What happened on the way to a page: the redirect in between has no place to show it.
    struct News: Sendable {
        var result: LinkingResult?
        var calls: [APICallGroup] = []
    }

    init(antiForgeryToken: String, customer: DemoCustomer? = nil, membership: MembershipStatus? = nil) {
        self.antiForgeryToken = antiForgeryToken
        self.customer = customer
        self.membership = membership
    }

    /// The value for the next authorization URL: the session's, until it is used.
    mutating func linkingState(orNew fresh: String) -> String {
        let state = linkingState ?? fresh
        linkingState = state
        return state
    }

    /// Uses the CSRF value up, where it is the one that came back.
    ///
    /// - Parameter state: What came back.
    /// - Returns: Whose accounts are being linked; nil where the two differ.
    mutating func redeem(state: String?) -> DemoCustomer? {
        guard let linkingState, linkingState == state else { return nil }
        self.linkingState = nil
        return customer
    }

    mutating func takeNews() -> News {
        defer { news = News() }
        return news
    }
}
