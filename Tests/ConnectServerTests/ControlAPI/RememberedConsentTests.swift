import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Consent, remembered or not")
struct RememberedConsentTests {
    private static let customer = "one@example.com"
    private static let remembering: Settings = {
        var settings = Settings()
        settings.choices.assumptions = [.consentRemembered]
        return settings
    }()

    @Test("a customer who allowed the application before is sent back at once, with a code that redeems")
    func remembered() async throws {
        try await withSandbox(state: twoApplications, settings: Self.remembering) { sandbox in
            var visitor = Visitor(sandbox)
            try await visitor.signIn(as: Self.customer)
            let allowed = try await visitor.submit("action=allow")
            #expect(allowed.outcome == "authorize.success")
            let again = try await visitor.visit()
            #expect(again.status == 302)
            #expect(again.outcome == "authorize.success_remembered")
            let location = try #require(again.header("Location"))
            let match = try #require(
                location.wholeMatch(of: /https:\/\/example\.org\/account\/profile\?code=([A-Za-z0-9_-]{43})/)
            )
            let redeemed = try await sandbox.redeem(String(match.1))
            #expect(redeemed.json["scope"] == "account_linking")
        }
    }

    @Test("a customer who denied it, or allowed a clone of it, is asked; so is who is not signed in")
    func asked() async throws {
        try await withSandbox(state: twoApplications, settings: Self.remembering) { sandbox in
            var visitor = Visitor(sandbox)
            try await visitor.signIn(as: Self.customer)
            let denied = try await visitor.submit("action=deny")
            #expect(denied.outcome == "authorize.access_denied")
            let afterDenial = try await visitor.visit()
            #expect(afterDenial.outcome == "authorize.consent_page")
            _ = try await visitor.submit("action=allow")
            var elsewhere = visitor.going(to: clone)
            let ofClone = try await elsewhere.visit()
            #expect(ofClone.outcome == "authorize.consent_page")
            var stranger = Visitor(sandbox)
            let login = try await stranger.visit()
            #expect(login.outcome == "authorize.login_page")
        }
    }

    @Test("a customer is asked every time where the assumption is not turned")
    func notRemembered() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            var visitor = Visitor(sandbox)
            try await visitor.signIn(as: Self.customer)
            _ = try await visitor.submit("action=allow")
            let again = try await visitor.visit()
            #expect(again.outcome == "authorize.consent_page")
        }
    }
}
