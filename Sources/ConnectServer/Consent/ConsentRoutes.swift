import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird

/// The authorization URL: login, consent, and the way back to the application.
///
/// Source: /connect/fulfillment_guide/concepts/account_linking for the pages.
struct ConsentRoutes {
    let database: SandboxDatabase
    let pages: Pages
    let settings: Settings

    func addRoutes(to router: Router<SandboxContext>) {
        router.get(RouterPath(settings.authorizePath), use: visit)
        router.post(RouterPath(settings.authorizePath), use: submit)
    }

    private func visit(_ request: Request, context: SandboxContext) async throws -> Response {
        let parameters = try request.authorizationParameters()
        if let script = try script(parameters) {
            let result = try await database.scriptedConsent(script.isAllowed, by: script.email, parameters)
            return answer(result, to: request, status: .found)
        }
        switch try await database.consentVisit(parameters, session: request.consentSession) {
        case .page(let view): return page(view, request)
        case .remembered(let location): return redirect(to: location, Outcome.Authorize.rememberedConsent, .found)
        }
    }

    private func submit(_ request: Request, context: SandboxContext) async throws -> Response {
        guard !request.isFromAnotherSite else {
            throw Refusal(Outcome.Authorize.forgedForm, "The form was sent by another site.")
        }
        let parameters = try request.authorizationParameters()
        let form = try await ConsentForm(request)
        do {
            let result = try await database.consent(
                form.action,
                parameters,
                session: request.consentSession,
                antiForgeryToken: form.antiForgeryToken
            )
            return answer(result, to: request, status: .seeOther)
        } catch let refusal as Refusal where refusal.outcome == Outcome.Authorize.wrongPassword {
            let visit = try await database.consentVisit(parameters, session: request.consentSession)
            guard case .page(let view) = visit else { throw refusal }
            return page(view, request, email: form.email, refusal: refusal)
        }
    }

    /// The decision that the URL carries, or that a setting makes for everyone.
    private func script(_ parameters: [String: String]) throws -> (email: String, isAllowed: Bool)? {
        let email = settings.acceptsScriptedConsent ? parameters["sandbox_user"] : nil
        let decision = settings.acceptsScriptedConsent ? parameters["sandbox_decision"] : nil
        switch (email ?? settings.autoApprove, decision) {
        case (nil, nil): return nil
        case (let email?, nil), (let email?, "allow"): return (email, true)
        case (let email?, "deny"): return (email, false)
        case (nil, .some):
            throw Refusal(Outcome.Authorize.invalidScript, "A sandbox_decision came without sandbox_user.")
        case (_, let decision?):
            throw Refusal(
                Outcome.Authorize.invalidScript,
                "The sandbox_decision is \(decision); allow or deny was expected."
            )
        }
    }

    private func page(
        _ view: ConsentView,
        _ request: Request,
        email: String = "",
        refusal: Refusal? = nil
    ) -> Response {
        let action = request.uri.string
        var response: Response
        if let signedIn = view.signedInEmail {
            let model = ConsentPage(view, email: signedIn, action: action)
            response = pages.response(.consent, model, formTarget: view.request.redirectURI.policySource)
            response.headers[.sandboxOutcome] = Outcome.Authorize.consentPage.key
        } else {
            let error = refusal == nil ? nil : "Wrong email or password."
            let model = LoginPage(view, action: action, email: email, error: error)
            let outcome = refusal?.outcome ?? Outcome.Authorize.loginPage
            response = pages.response(.login, model, status: .init(code: outcome.status))
            response.headers[.sandboxOutcome] = outcome.key
            response.headers[.sandboxReason] = refusal?.reason.description
        }
        response.setSessionCookie(
            Request.consentCookieName,
            view.session.value,
            path: settings.authorizePath
        )
        return response
    }

    private func answer(_ result: ConsentResult, to request: Request, status: HTTPResponse.Status) -> Response {
        switch result {
        case .allowed(let location):
            return redirect(to: location, Outcome.Authorize.success, status)
        case .denied(let location):
            return redirect(to: location, Outcome.Authorize.accessDenied, status)
        case .newSession(let session):
            var response = redirect(to: request.uri.string, Outcome.Authorize.signedIn, status)
            response.setSessionCookie(Request.consentCookieName, session.value, path: settings.authorizePath)
            return response
        }
    }

    private func redirect(to location: String, _ outcome: Outcome, _ status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [.cacheControl: "no-store", .location: location, .sandboxOutcome: outcome.key]
        return Response(status: status, headers: headers)
    }
}
