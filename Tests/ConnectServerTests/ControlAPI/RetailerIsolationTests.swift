import HTTPTypes
import TestSupport
import Testing

@Suite("Two retailers of one sandbox")
struct RetailerIsolationTests {
    private static let document = """
        instacart_users: [{id: 1, email: one@example.com, instacartplus_member: true}]
        connect_users: [{user_id: shared}]
        """

    @Test("never see each other's users or links")
    func users() async throws {
        try await withSandbox { sandbox in
            let (left, right) = try await Self.pair(sandbox)
            let leftBearer = try await sandbox.fulfillmentToken(of: left.application)
            let rightBearer = try await sandbox.fulfillmentToken(of: right.application)
            try await sandbox.createUser("only-left", bearer: leftBearer).succeeded()
            let unseen = try await sandbox.linkStatus("only-left", bearer: rightBearer)
            #expect(unseen.outcome == "get_user_link.user_not_found")
            let token = JSONValue.string(
                try await sandbox.linkingToken(instacartUser: 1, of: left.application)
            )
            try await sandbox.link("shared", token, bearer: leftBearer).succeeded()
            let unlinked = try await sandbox.linkStatus("shared", bearer: rightBearer)
            #expect(unlinked.outcome == "get_user_link.user_not_linked")
            let email = try await sandbox.createInstacartUser("two@example.com", bearer: leftBearer)
            let sameEmail = try await sandbox.createInstacartUser("two@example.com", bearer: rightBearer)
            #expect(email.json == ["id": 2])
            #expect(sameEmail.json == ["id": 2])
            let rightState = try await sandbox.control(.get, "/retailers/\(right.id)")
            #expect(rightState.json["connect_users"] == 1)
            #expect(rightState.json["links"] == 0)
        }
    }

    @Test("never take each other's codes or tokens")
    func tokens() async throws {
        try await withSandbox { sandbox in
            let (left, right) = try await Self.pair(sandbox)
            let rightBearer = try await sandbox.fulfillmentToken(of: right.application)
            let code = try await sandbox.code(instacartUser: 1, of: left.application)
            let stolen = try await sandbox.redeem(code, of: right.application)
            #expect(stolen.outcome == "generate_access_token.invalid_grant_other_client")
            let exchange = try await sandbox.redeem(code, of: left.application).succeeded()
            let token = JSONValue.string(try exchange.string("access_token"))
            let link = try await sandbox.link("shared", token, bearer: rightBearer)
            #expect(link.outcome == "link_user.linking_token_other_retailer")
            let refresh = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))],
                of: right.application
            )
            #expect(refresh.outcome == "generate_access_token.invalid_grant_refresh_token")
            let document = try await sandbox.state(of: right.id, tokens: true)
            #expect(!document.contains(code))
        }
    }

    @Test("have clocks of their own")
    func clocks() async throws {
        try await withSandbox { sandbox in
            let (left, right) = try await Self.pair(sandbox)
            let leftBearer = try await sandbox.fulfillmentToken(of: left.application)
            let rightBearer = try await sandbox.fulfillmentToken(of: right.application)
            try await sandbox.advance(left.id, by: "P1D")
            let leftClock = try await sandbox.clock(of: left.id)
            let rightClock = try await sandbox.clock(of: right.id)
            #expect(leftClock == ["now": "2026-01-02T00:00:00Z", "frozen": false])
            #expect(rightClock == ["now": "2026-01-01T00:00:00Z", "frozen": false])
            let expired = try await sandbox.linkStatus("shared", bearer: leftBearer)
            #expect(expired.outcome == "any.expired_token")
            let alive = try await sandbox.linkStatus("shared", bearer: rightBearer)
            #expect(alive.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("are not reached through each other's paths")
    func paths() async throws {
        try await withSandbox { sandbox in
            let (left, right) = try await Self.pair(sandbox)
            let client = right.application.clientID
            let application = try await sandbox.control(.get, "/retailers/\(left.id)/applications/\(client)")
            #expect(application.errorCode == "application_not_found")
            let deletion = try await sandbox.control(.delete, "/retailers/\(left.id)/applications/\(client)")
            #expect(deletion.errorCode == "application_not_found")
            let bearer = try await sandbox.fulfillmentToken(of: right.application)
            try await sandbox.createUser("only-right", bearer: bearer).succeeded()
            let user = try await sandbox.control(.delete, "/retailers/\(left.id)/connect_users/only-right")
            #expect(user.errorCode == "connect_user_not_found")
            let status = try await sandbox.linkStatus("only-right", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test(
        "each consent at an authorization URL of its own, scripted by what is appended",
        arguments: ["allow", "deny"]
    )
    func authorizationURL(decision: String) async throws {
        try await withSandbox { sandbox in
            let (left, right) = try await Self.pair(sandbox)
            #expect(left.authorizationURL.hasPrefix("http://localhost"))
            #expect(left.authorizationPath.hasPrefix("/oauth/authorize?"))
            let script = "&state=xyz&sandbox_user=one@example.com&sandbox_decision=\(decision)"
            let consent = try await sandbox.send(.get, left.authorizationPath + script)
            #expect(consent.status == 302)
            let location = try #require(consent.header("Location"))
            guard decision == "allow" else {
                #expect(location.contains("error=access_denied"))
                #expect(location.hasSuffix("&state=xyz"))
                return
            }
            let match = try #require(location.wholeMatch(of: /(.+)\?code=([A-Za-z0-9_-]{43})&state=xyz/))
            var (client, foreign) = (left.application, right.application)
            client.redirectURI = String(match.1)
            foreign.redirectURI = String(match.1)
            let stolen = try await sandbox.redeem(String(match.2), of: foreign)
            #expect(stolen.outcome == "generate_access_token.invalid_grant_other_client")
            let exchange = try await sandbox.redeem(String(match.2), of: client)
            #expect(exchange.json["scope"] == "account_linking")
        }
    }

    @Test("an authorization URL without more shows the login page")
    func loginPage() async throws {
        try await withSandbox { sandbox in
            let retailer = try await sandbox.createRetailer()
            let page = try await sandbox.send(.get, retailer.authorizationPath)
            #expect(page.outcome == "authorize.login_page")
        }
    }

    private static func pair(_ sandbox: Sandbox) async throws -> (TestRetailer, TestRetailer) {
        (try await sandbox.createRetailer(document), try await sandbox.createRetailer(document))
    }
}
