import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Assumptions that are turned, and lifetimes that are chosen")
struct ChoiceTests {
    private static func settings(
        _ assumptions: Assumption...,
        codeLifetime: Int64 = 600,
        tokenLifetime: Int64 = 86_400
    ) -> Settings {
        var settings = Settings()
        settings.choices = Choices(
            assumptions: Set(assumptions),
            codeLifetime: codeLifetime,
            tokenLifetime: tokenLifetime
        )
        return settings
    }

    private static func error(_ message: String, _ key: String) -> JSONValue {
        ["error": ["message": .string(message), "code": 1001], "meta": ["key": .string(key)]]
    }

    private static func listed(_ error: JSONValue) -> JSONValue {
        [
            "error": ["message": "There were issues with your request", "code": 9999, "errors": [error]], "meta": [:],
        ]
    }

    @Test("lone-error-listed: one undocumented error of a field comes in the form of several, its outcome its own")
    func loneErrorListed() async throws {
        try await withSandbox(settings: Self.settings(.loneErrorListed)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let user = try await sandbox.createUser("ann", firstName: " ", bearer: bearer)
            #expect(user.status == 400)
            #expect(user.outcome == "create_user.first_name_blank")
            #expect(user.json == Self.listed(Self.error("can't be blank", "first_name")))
            let taken = try await sandbox.createUser("johnsmith6000", bearer: bearer)
            #expect(taken.outcome == "create_user.user_id_taken")
            #expect(taken.json == Self.listed(Self.error("has already been taken", "user_id")))
            let email = try await sandbox.createInstacartUser("nobody", bearer: bearer)
            #expect(email.outcome == "create_instacart_user.email_invalid")
            #expect(email.json == Self.listed(Self.error("Invalid email", "email")))
        }
    }

    @Test("lone-error-listed: documented errors keep the documented form")
    func documentedErrors() async throws {
        try await withSandbox(settings: Self.settings(.loneErrorListed)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let blank = try await sandbox.link("johnsmith6000", nil, bearer: bearer)
            #expect(blank.json == Self.error("can't be blank", "linking_token"))
            let notFound = try await sandbox.linkStatus("nobody", bearer: bearer)
            #expect(notFound.json == Self.error("User Not Found", "user_id"))
            let taken = try await sandbox.createInstacartUser("member@example.com", bearer: bearer)
            #expect(taken.json == Self.error("An account already exists with this email", "email"))
        }
    }

    @Test("relink-refused: the same link made again is refused like any other, and stays")
    func relinkRefused() async throws {
        try await withSandbox(settings: Self.settings(.relinkRefused)) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken())
            let first = try await sandbox.link("johnsmith6000", token, bearer: bearer)
            #expect(first.outcome == "link_user.success")
            let again = try await sandbox.link("johnsmith6000", token, bearer: bearer)
            #expect(again.status == 400)
            #expect(again.outcome == "link_user.same_link_refused")
            #expect(
                again.json
                    == Self.error(
                        "Validation failed: Common identities can only have one user per isolation context",
                        "linking_token"
                    )
            )
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.success")
        }
    }

    @Test("names-capitalized: the answer begins names with a capital, the sandbox keeps them as they came")
    func namesCapitalized() async throws {
        try await withSandbox(settings: Self.settings(.namesCapitalized)) { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: sandbox.fulfillmentToken(),
                json: ["user_id": "john", "first_name": "john", "last_name": "smith"]
            )
            #expect(reply.status == 200)
            #expect(reply.json == ["user_id": "john", "first_name": "John", "last_name": "Smith"])
            let kept = try await sandbox.control(.get, "/retailers/demo/connect_users/john")
            #expect(kept.json["first_name"] == "john")
            #expect(kept.json["last_name"] == "smith")
        }
    }

    @Test("the lifetime of tokens: expires_in names it, and every token ends by it")
    func tokenLifetime() async throws {
        try await withSandbox(settings: Self.settings(tokenLifetime: 90)) { sandbox in
            let reply = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(reply.json["expires_in"] == 90)
            let bearer = try reply.string("access_token")
            let exchange = try await sandbox.redeem(sandbox.code()).succeeded()
            #expect(exchange.json["expires_in"] == 90)
            let userToken = try await sandbox.userToken("johnsmith6000")
            sandbox.environment.advance(seconds: 89)
            let alive = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(alive.outcome == "get_user_link.user_not_linked")
            sandbox.environment.advance(seconds: 1)
            for token in [bearer, userToken] {
                let expired = try await sandbox.linkStatus("johnsmith6000", bearer: token)
                #expect(expired.outcome == "any.expired_token")
            }
            let fresh = try await sandbox.fulfillmentToken()
            let linkingToken = JSONValue.string(try exchange.string("access_token"))
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: fresh)
            #expect(link.outcome == "link_user.linking_token_expired")
        }
    }

    @Test("the lifetime of codes, however they were issued")
    func codeLifetime() async throws {
        try await withSandbox(settings: Self.settings(codeLifetime: 30)) { sandbox in
            let script = "&sandbox_user=member@example.com&sandbox_decision=allow"
            let (early, late) = (try await sandbox.code(), try await sandbox.code())
            let consent = try await sandbox.send(.get, Visitor.path(to: .demo) + script)
            let browserCode = try #require(consent.header("Location")?.firstMatch(of: /code=([^&]+)/)).1
            sandbox.environment.advance(seconds: 29)
            let redeemed = try await sandbox.redeem(early)
            #expect(redeemed.status == 200)
            #expect(redeemed.json["expires_in"] == 86_400)
            sandbox.environment.advance(seconds: 1)
            for code in [late, String(browserCode)] {
                let expired = try await sandbox.redeem(code)
                #expect(expired.outcome == "generate_access_token.invalid_grant_expired")
            }
        }
    }
}
