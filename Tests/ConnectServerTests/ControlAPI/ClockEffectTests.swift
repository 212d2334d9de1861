import HTTPTypes
import TestSupport
import Testing

@Suite("What follows a retailer's clock")
struct ClockEffectTests {
    @Test("a code, which expires after 600 seconds of it")
    func codes() async throws {
        try await withSandbox { sandbox in
            let (early, late) = (try await sandbox.code(), try await sandbox.code())
            try await sandbox.advance(by: "PT9M59S")
            let redeemed = try await sandbox.redeem(early)
            #expect(redeemed.status == 200)
            try await sandbox.advance(by: "PT1S")
            let expired = try await sandbox.redeem(late)
            #expect(expired.outcome == "generate_access_token.invalid_grant_expired")
        }
    }

    @Test("a token: its created_at, and its end after 24 hours")
    func tokens() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2027-01-01T00:00:00Z", "frozen": true])
            let reply = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(reply.json["created_at"] == 1_798_761_600)
            let bearer = try reply.string("access_token")
            try await sandbox.advance(by: "PT23H59M59S")
            let alive = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(alive.outcome == "get_user_link.user_not_linked")
            try await sandbox.advance(by: "PT1S")
            let expired = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(expired.outcome == "any.expired_token")
            #expect(expired.reason?.contains("2027-01-02T00:00:00Z") == true)
        }
    }

    @Test("a linking token")
    func linkingTokens() async throws {
        try await withSandbox { sandbox in
            let linkingToken = JSONValue.string(try await sandbox.linkingToken())
            try await sandbox.advance(by: "P1D")
            let bearer = try await sandbox.fulfillmentToken()
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_expired")
        }
    }

    @Test("a membership: its end when it is bought, and whether it is over")
    func memberships() async throws {
        try await withSandbox { sandbox in
            let member = "1990ad78-9f7a-4302-95cb-f70fe03b6b04"
            try await sandbox.setClock(["now": "2026-12-31T23:59:59Z"])
            let last = try await sandbox.linkStatus(member, bearer: sandbox.fulfillmentToken())
            #expect(last.json["expired_at"] == "2027-01-01T00:00:00Z")
            sandbox.environment.advance(seconds: 1)
            let bearer = try await sandbox.fulfillmentToken()
            let over = try await sandbox.linkStatus(member, bearer: bearer)
            #expect(over.json == ["express_member": false, "instacartplus_member": false])
            try await sandbox.createInstacartUser("new@example.com", isMember: true, bearer: bearer).succeeded()
            let bought = try await sandbox.control(.get, "/retailers/demo/instacart_users/5")
            #expect(bought.json["expired_at"] == "2028-01-01T00:00:00Z")
        }
    }

    @Test("a browser session, which ends after a day of it")
    func sessions() async throws {
        try await withSandbox { sandbox in
            var visitor = Visitor(sandbox)
            try await visitor.signIn(as: "unlinked-member@example.com")
            let consent = try await visitor.visit()
            #expect(consent.outcome == "authorize.consent_page")
            try await sandbox.advance(by: "P1D")
            let login = try await visitor.visit()
            #expect(login.outcome == "authorize.login_page")
        }
    }

    @Test("nothing, where the real time moves and the clock is frozen")
    func frozen() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["frozen": true])
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            sandbox.environment.advance(seconds: 10 * 365 * 86_400)
            let redeemed = try await sandbox.redeem(code)
            #expect(redeemed.json["created_at"] == 1_767_225_600)
            let status = try await sandbox.linkStatus("1990ad78-9f7a-4302-95cb-f70fe03b6b04", bearer: bearer)
            #expect(status.outcome == "get_user_link.success")
        }
    }

    @Test("no other retailer")
    func others() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken(of: other)
            let code = try await sandbox.code(instacartUser: 1, of: other)
            try await sandbox.setClock(["now": "2040-01-01T00:00:00Z", "frozen": true])
            let redeemed = try await sandbox.redeem(code, of: other)
            #expect(redeemed.json["created_at"] == 1_767_225_600)
            let status = try await sandbox.linkStatus("only-other", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let clock = try await sandbox.clock(of: "other")
            #expect(clock == ["now": "2026-01-01T00:00:00Z", "frozen": false])
        }
    }

    @Test("going back: a token from the future is alive until its own end")
    func backwards() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2030-01-01T00:00:00Z", "frozen": true])
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.setClock(["now": "2020-01-01T00:00:00Z"])
            let status = try await sandbox.linkStatus("1990ad78-9f7a-4302-95cb-f70fe03b6b04", bearer: bearer)
            #expect(status.json["expired_at"] == "2027-01-01T00:00:00Z")
        }
    }
}
