import ConnectCore
import Testing

@Suite("Token request")
struct TokenRequestTests {
    typealias Refused = Outcome.GenerateAccessToken

    static let credentials = ["client_id": "demo-client", "client_secret": "demo-secret"]

    static func request(
        _ parameters: [String: String],
        credentials: [String: String] = TokenRequestTests.credentials,
        basic: ClientCredentials.Basic? = nil
    ) throws -> TokenRequest {
        try TokenRequest(
            strings(parameters),
            credentials: ClientCredentials(strings(credentials), basic: basic, acceptsBasic: false)
        )
    }

    static let grants: [(String, GrantType)] = [
        ("client_credentials", .clientCredentials),
        ("authorization_code", .authorizationCode),
        ("refresh_token", .refreshToken),
        ("fulfillment_user_assertion", .fulfillmentUserAssertion),
        ("urn:ietf:params:oauth:grant-type:retailer-json-bearer", .retailerJSONBearer),
    ]

    @Test("the five grants are known by their names", arguments: Self.grants)
    func grant(_ name: String, _ grantType: GrantType) throws {
        let request = try Self.request(["grant_type": name, "code": "c", "refresh_token": "r", "assertion": "a"])

        #expect(request.grant.grantType == grantType)
        #expect(request.scope == nil)
    }

    @Test("each grant reads its own parameters")
    func parameters() throws {
        let parameters = [
            "code": "c", "redirect_uri": "https://example.org/cb", "code_verifier": "v", "refresh_token": "r",
            "assertion": "a", "scope": "connect:fulfillment",
        ]
        func grant(_ name: String) throws -> TokenRequest.Grant {
            try Self.request(parameters.merging(["grant_type": name]) { _, given in given }).grant
        }
        guard case .authorizationCode(let exchange) = try grant("authorization_code") else {
            Issue.record("no authorization code grant")
            return
        }

        #expect(exchange.code == "c")
        #expect(exchange.redirectURI == "https://example.org/cb")
        #expect(exchange.verifier == "v")
        #expect(try grant("client_credentials") == .clientCredentials)
        #expect(try grant("refresh_token") == .refreshToken("r"))
        #expect(
            try grant("fulfillment_user_assertion") == .userAssertion(.fulfillmentUserAssertion, assertion: "a")
        )
    }

    struct Missing: Sendable {
        let parameters: [String: String]
        let refusal: Refusal
    }

    static let incomplete: [Missing] = [
        Missing(
            parameters: [:],
            refusal: Refusal(Refused.missingGrantType, "The parameter grant_type is missing.")
        ),
        Missing(
            parameters: ["grant_type": " ", "code": "c"],
            refusal: Refusal(Refused.missingGrantType, "The parameter grant_type is missing.")
        ),
        Missing(
            parameters: ["grant_type": "password"],
            refusal: Refusal(
                Refused.unsupportedGrantType,
                """
                The grant_type password is none of client_credentials, authorization_code, refresh_token, \
                fulfillment_user_assertion and urn:ietf:params:oauth:grant-type:retailer-json-bearer.
                """
            )
        ),
        Missing(
            parameters: ["grant_type": "authorization_code", "redirect_uri": "https://example.org/cb"],
            refusal: Refusal(Refused.missingCode, "The parameter code is missing.")
        ),
        Missing(
            parameters: ["grant_type": "authorization_code", "code": ""],
            refusal: Refusal(Refused.missingCode, "The parameter code is missing.")
        ),
        Missing(
            parameters: ["grant_type": "refresh_token", "code": "c"],
            refusal: Refusal(Refused.missingRefreshToken, "The parameter refresh_token is missing.")
        ),
    ]

    @Test("the grant type is asked for first, then what the grant needs", arguments: Self.incomplete)
    func missing(_ missing: Missing) {
        #expect(refused { try Self.request(missing.parameters) } == missing.refusal)
    }

    @Test("an assertion may be missing at first")
    func missingAssertion() throws {
        let request = try Self.request(["grant_type": "fulfillment_user_assertion"])

        #expect(request.grant == .userAssertion(.fulfillmentUserAssertion, assertion: nil))
    }

    @Test(
        "a parameter that is not a string makes the body malformed",
        arguments: ["grant_type", "scope", "code", "redirect_uri", "code_verifier"],
        [.integer("1"), .bool(true), .other] as [FieldValue]
    )
    func mistyped(_ parameter: String, _ value: FieldValue) throws {
        var fields: [String: FieldValue] = ["grant_type": .string("authorization_code"), "code": .string("c")]
        fields[parameter] = value
        let credentials = try ClientCredentials(strings(Self.credentials), basic: nil, acceptsBasic: false)
        let refusal = refused { try TokenRequest(RequestFields(fields), credentials: credentials) }

        #expect(
            refusal == Refusal(Outcome.Shared.malformedBody, "The parameter \(parameter) is not a string.")
        )
    }

    @Test("the client is authenticated by its secret")
    func authenticated() throws {
        let request = try Self.request(["grant_type": "client_credentials"])

        #expect(try request.authenticate(.sample()) == .sample())
    }

    @Test("a wrong secret and an unknown client are refused with invalid_client")
    func unauthenticated() throws {
        let wrong = try Self.request(
            ["grant_type": "client_credentials"],
            credentials: ["client_id": "demo-client", "client_secret": "hunter2"]
        )
        let right = try Self.request(["grant_type": "client_credentials"])

        #expect(refused { try wrong.authenticate(.sample()) }?.outcome == Refused.invalidClient)
        #expect(refused { try wrong.authenticate(.sample(isEnabled: false)) }?.outcome == Refused.invalidClient)
        #expect(refused { try right.authenticate(nil) }?.outcome == Refused.invalidClient)
    }

    @Test("a disabled application is refused with invalid_client, its secret right")
    func disabled() throws {
        let request = try Self.request(["grant_type": "client_credentials"])
        let refusal = refused { try request.authenticate(.sample(isEnabled: false)) }

        #expect(
            refusal
                == Refusal(Refused.disabledClient, "The application demo-client is disabled and gets no new tokens.")
        )
    }

    @Test("HTTP Basic authentication is refused, whatever else is right")
    func basic() throws {
        let request = try Self.request(
            ["grant_type": "client_credentials"],
            basic: ClientCredentials.Basic(
                clientID: ClientID(rawValue: "demo-client"),
                clientSecret: ClientSecret(rawValue: "demo-secret")
            )
        )

        #expect(refused { try request.authenticate(.sample()) }?.outcome == Refused.basicClient)
    }

    struct Grant: Sendable {
        let name: String
        var application: [Scope] = [.fulfillment, .recommendations, .postCheckout, .accountLinking]
        var scope: String?
        var granted: [Scope]?
    }

    static let scopes: [Grant] = [
        Grant(name: "client_credentials", granted: [.fulfillment, .recommendations]),
        Grant(name: "client_credentials", scope: "", granted: [.fulfillment, .recommendations]),
        Grant(name: "client_credentials", scope: "connect:fulfillment", granted: [.fulfillment]),
        Grant(
            name: "client_credentials",
            scope: "connect:recommendations,connect:fulfillment",
            granted: [.recommendations, .fulfillment]
        ),
        Grant(name: "client_credentials", application: [.accountLinking], granted: []),
        Grant(name: "client_credentials", scope: "openid", granted: nil),
        Grant(name: "client_credentials", scope: "connect:compliance", granted: nil),
        Grant(name: "client_credentials", scope: "connect:fulfillment connect:compliance", granted: nil),
        Grant(name: "client_credentials", scope: "connect:post_checkout", granted: nil),
        Grant(name: "client_credentials", scope: "account_linking", granted: nil),
        Grant(name: "client_credentials", scope: "connect:fulfillment,account_linking", granted: nil),
        Grant(name: "fulfillment_user_assertion", granted: [.recommendations, .postCheckout]),
        Grant(name: "fulfillment_user_assertion", scope: "connect:post_checkout", granted: [.postCheckout]),
        Grant(name: "fulfillment_user_assertion", scope: "connect:fulfillment", granted: nil),
        Grant(name: "fulfillment_user_assertion", scope: "connect:post_checkout account_linking", granted: nil),
    ]

    @Test("a token gets what was asked for and is paired with the grant, or all that is", arguments: Self.scopes)
    func grantedScopes(_ grant: Grant) throws {
        var parameters = ["grant_type": grant.name]
        parameters["scope"] = grant.scope
        let request = try Self.request(parameters)
        let application = Application.sample(scopes: grant.application)

        if let granted = grant.granted {
            #expect(try request.grantedScopes(of: application) == ScopeList(granted))
        } else {
            #expect(refused { try request.grantedScopes(of: application) }?.outcome == Refused.invalidScope)
        }
    }

    @Test("an unknown scope is named")
    func unknownScope() throws {
        let request = try Self.request(["grant_type": "client_credentials", "scope": "connect:fulfilment"])
        let refusal = refused { try request.grantedScopes(of: .sample()) }

        #expect(refusal == Refusal(Refused.invalidScope, "There is no scope connect:fulfilment."))
    }
}
