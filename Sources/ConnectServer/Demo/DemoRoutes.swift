import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird

/// A small grocery retailer's website, `/demo`, whose backend links accounts as Instacart's how-to page says.
///
/// It knows what a retailer knows: its credentials and redirect URIs. Everything else it asks the API, as an HTTP
/// client would.
///
/// Source: /connect/fulfillment_guide/how_to/link_an_instacart_account.
struct DemoRoutes {
    let database: SandboxDatabase
    let client: InProcessClient
    let pages: Pages
    /// Of the server, without a slash at its end.
    let publicURL: @Sendable () -> String
    let authorizationURL: AuthorizationURL
    let randomToken: @Sendable () -> String
    let sessions = DemoSessions()
    let tokens = FulfillmentTokens()

    func addRoutes(to router: Router<SandboxContext>) {
        router.get(RouterPath(DemoURL.store), use: store)
        router.get(RouterPath(DemoURL.profile), use: profile)
        router.get(RouterPath(DemoURL.checkout), use: checkout)
        router.post(RouterPath(DemoURL.signIn), use: signIn)
    }

    private func store(_ request: Request, context: SandboxContext) async throws -> Response {
        try await answer(request, context) { visit in
            let frame = DemoFrame(.store, title: "Store", session: visit.session, calls: [])
            return pages.response(.demoStore, StorePage(frame: frame, membership: visit.session.membership))
        }
    }

    /// Membership is verified at sign-in, one of the how-to page's best practices.
    ///
    /// The session starts over with a new id, so that one known before is worth nothing.
    private func signIn(_ request: Request, context: SandboxContext) async throws -> Response {
        try await answer(request, context) { visit in
            guard !request.isFromAnotherSite else { throw DemoProblem.foreignForm }
            let form = try await DemoForm.read(request, of: visit.session)
            guard let customer = DemoCustomer.chosen(form.customer, randomToken: randomToken) else {
                throw DemoProblem.unknownCustomer
            }
            let membership = try await visit.backend.membership(of: customer)
            sessions.remove(visit.sessionID)
            startSession(
                DemoSession(antiForgeryToken: randomToken(), customer: customer, membership: membership),
                of: &visit
            )
            sessions.update(visit.sessionID) { $0.news.calls = [visit.calls(for: "When signing in")] }
            return .redirect(to: DemoURL.profile)
        }
    }

    private func profile(_ request: Request, context: SandboxContext) async throws -> Response {
        try await answer(request, context) { visit in
            if let instacartReturn = InstacartReturn(request) {
                return try await finishLinking(instacartReturn, of: &visit)
            }
            let membership = try await currentMembership(of: &visit)
            let news = sessions.update(visit.sessionID) { $0.takeNews() } ?? DemoSession.News()
            let frame = DemoFrame(
                .profile,
                title: "Your account",
                session: visit.session,
                calls: news.calls + [visit.calls(for: "To show this page")],
                result: news.result
            )
            let linking = membership?.isUnlinked == true ? linking(of: visit) : nil
            let page = ProfilePage(
                frame: frame,
                customer: visit.session.customer,
                membership: membership,
                linking: linking
            )
            return pages.response(.demoProfile, page)
        }
    }

    /// Membership is verified again at checkout.
    private func checkout(_ request: Request, context: SandboxContext) async throws -> Response {
        try await answer(request, context) { visit in
            let membership = try await currentMembership(of: &visit)
            let calls = visit.calls(for: "To show this page")
            let frame = DemoFrame(.checkout, title: "Checkout", session: visit.session, calls: [calls])
            let page = CheckoutPage(frame: frame, customer: visit.session.customer, membership: membership)
            return pages.response(.demoCheckout, page)
        }
    }
}

extension DemoRoutes {
    /// Asks the API about the customer who is signed in, and remembers the answer.
    private func currentMembership(of visit: inout DemoVisit) async throws -> MembershipStatus? {
        guard let customer = visit.session.customer else { return nil }
        let membership = try await visit.backend.membership(of: customer)
        sessions.update(visit.sessionID) { $0.membership = membership }
        visit.session.membership = membership
        return membership
    }

    private func linking(of visit: DemoVisit) -> ProfilePage.Linking? {
        let fresh = randomToken()
        guard let state = sessions.update(visit.sessionID, { $0.linkingState(orNew: fresh) }) else { return nil }
        let application = visit.backend.application
        let clientID = application.clientID.rawValue
        return ProfilePage.Linking(
            authorizationURL: authorizationURL.value(clientID: clientID, state: state, redirectURI: redirectURI),
            state: state,
            redirectURI: redirectURI,
            clientID: clientID,
            isRedirectURIRegistered: application.isRegistered(redirectURI)
        )
    }

    private var redirectURI: String { publicURL() + DemoURL.profile }

    /// Links the accounts, then sends the browser to the address without the code: reloading it links nothing twice.
    private func finishLinking(_ instacartReturn: InstacartReturn, of visit: inout DemoVisit) async throws -> Response {
        let result: LinkingResult
        let customer = sessions.update(visit.sessionID) { $0.redeem(state: instacartReturn.state) } ?? nil
        switch (customer, instacartReturn.answer) {
        case (nil, _):
            result = .stateMismatch
        case (let customer?, .code(let code)):
            result = try await visit.backend.link(customer, code: code, redirectURI: redirectURI)
        case (_, .error(let error)):
            result = error == "access_denied" ? .accessDenied : .notCompleted
        }
        let calls = visit.calls(for: "To link the accounts")
        sessions.update(visit.sessionID) { session in
            session.news.result = result
            session.news.calls.append(calls)
        }
        return .redirect(to: DemoURL.profile)
    }
}

extension DemoRoutes {
    private static let cookieName = "demo_grocer_session"

    /// Answers a request of the storefront, or explains why it cannot.
    private func answer(
        _ request: Request,
        _ context: SandboxContext,
        with page: (inout DemoVisit) async throws -> Response
    ) async throws -> Response {
        if let location = DemoOrigin(publicURL: publicURL()).otherLoopbackLocation(of: request) {
            return .redirect(to: location, type: .found)
        }
        do {
            var visit = try await visit(request, context)
            var response = try await page(&visit)
            if visit.isNew { response.setSessionCookie(Self.cookieName, visit.sessionID, path: DemoURL.store) }
            return response
        } catch let problem as DemoProblem {
            return pages.response(.demoUnavailable, UnavailablePage(problem), status: problem.status)
        }
    }

    private func visit(_ request: Request, _ context: SandboxContext) async throws -> DemoVisit {
        guard let application = try await database.demoApplication() else { throw DemoProblem.noRetailer }
        guard application.isEnabled else { throw DemoProblem.disabled(clientID: application.clientID.rawValue) }
        let backend = DemoBackend(application: application, client: client, tokens: tokens, context: context)
        if let id = request.cookies[Self.cookieName]?.value, let session = sessions[id] {
            return DemoVisit(sessionID: id, session: session, isNew: false, backend: backend)
        }
        let session = DemoSession(antiForgeryToken: randomToken())
        var visit = DemoVisit(sessionID: "", session: session, isNew: true, backend: backend)
        startSession(session, of: &visit)
        return visit
    }

    private func startSession(_ session: DemoSession, of visit: inout DemoVisit) {
        visit.sessionID = randomToken()
        visit.session = session
        visit.isNew = true
        sessions.insert(session, id: visit.sessionID)
    }
}
