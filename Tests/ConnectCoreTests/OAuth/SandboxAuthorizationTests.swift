import ConnectCore
import Testing

@Suite("Sandbox authorization")
struct SandboxAuthorizationTests {
    typealias Refused = Outcome.AuthorizeInstacartUser

    static let complete: [String: FieldValue] = [
        "redirect_uri": .string("https://example.org/account/profile"), "scope": .string("account_linking"),
    ]

    static func authorization(
        _ fields: [String: FieldValue] = [:],
        application: Application = .sample()
    ) throws -> SandboxAuthorization {
        try SandboxAuthorization(
            RequestFields(complete.merging(fields) { _, given in given }),
            application: application
        )
    }

    @Test("a registered redirect_uri and account_linking are enough; the older page's fields are ignored")
    func minimal() throws {
        let authorization = try Self.authorization([
            "response_type": .string("code"), "client_id": .string("x"), "state": .string("y"), "hint": .other,
        ])

        #expect(authorization.redirectURI == "https://example.org/account/profile")
        #expect(authorization.scopes == ScopeList([.accountLinking]))
        #expect(authorization.challenge == nil)
    }

    @Test("the redirect_uri is kept as the request has it, port and all")
    func port() throws {
        let authorization = try Self.authorization(
            ["redirect_uri": .string("http://localhost:3000/cb")],
            application: .sample(redirectURIs: ["http://localhost/cb"])
        )

        #expect(authorization.redirectURI == "http://localhost:3000/cb")
    }

    @Test(
        "openid beside account_linking is dropped",
        arguments: [
            "account_linking", "openid account_linking", "account_linking openid", "openid,account_linking",
            "account_linking, account_linking", " account_linking ",
        ]
    )
    func openID(_ scope: String) throws {
        #expect(try Self.authorization(["scope": .string(scope)]).scopes == ScopeList([.accountLinking]))
    }

    @Test(
        "any other scope is invalid",
        arguments: [
            "openid", "email", "account_linking email", "Account_Linking", "connect:fulfillment",
            "account_linking connect:fulfillment", "account_linking connect:compliance", ",",
        ]
    )
    func otherScope(_ scope: String) {
        #expect(refused { try Self.authorization(["scope": .string(scope)]) }?.outcome == Refused.scopeInvalid)
    }

    @Test("an application without account_linking cannot ask for it")
    func applicationScope() {
        let refusal = refused { try Self.authorization(application: .sample(scopes: [.fulfillment])) }

        #expect(
            refusal
                == Refusal(
                    Refused.scopeInvalid,
                    "The application has the scopes connect:fulfillment, not all of account_linking."
                )
        )
    }

    static let methods: [(String, CodeChallenge.Method)] = [("plain", .plain), ("S256", .s256)]

    @Test("a challenge is kept with its method", arguments: Self.methods)
    func challenge(_ name: String, _ method: CodeChallenge.Method) throws {
        let authorization = try Self.authorization([
            "code_challenge": .string("challenge"), "code_challenge_method": .string(name),
        ])

        #expect(authorization.challenge == CodeChallenge(value: "challenge", method: method))
    }

    @Test("a method without a challenge is nothing", arguments: ["plain", "S256"])
    func methodAlone(_ method: String) throws {
        #expect(try Self.authorization(["code_challenge_method": .string(method)]).challenge == nil)
        #expect(
            try Self.authorization(["code_challenge": .string(""), "code_challenge_method": .string(method)]).challenge
                == nil
        )
    }

    @Test(
        "a challenge without a method, or with an unknown one, is refused",
        arguments: [
            nil, .null, .string(""), .string("  "), .string("\t"), .string("s256"), .string("PLAIN"), .string("S512"),
            .string("S256 "), .integer("1"), .bool(true), .other,
        ] as [FieldValue?]
    )
    func challengeAlone(_ method: FieldValue?) {
        var fields: [String: FieldValue] = ["code_challenge": .string("challenge")]
        fields["code_challenge_method"] = method
        let refusal = refused { try Self.authorization(fields) }

        #expect(refusal?.outcome == Refused.codeChallengeMethodInvalid)
    }

    struct Flaw: Sendable {
        let field: String
        let value: FieldValue
        let outcome: Outcome
    }

    static let flaws: [Flaw] = [
        Flaw(field: "redirect_uri", value: .null, outcome: Refused.redirectURIBlank),
        Flaw(field: "redirect_uri", value: .string(" "), outcome: Refused.redirectURIBlank),
        Flaw(field: "redirect_uri", value: .integer("1"), outcome: Refused.redirectURIInvalid),
        Flaw(field: "redirect_uri", value: .string("https://evil.com"), outcome: Refused.redirectURIInvalid),
        Flaw(field: "redirect_uri", value: .string("nonsense"), outcome: Refused.redirectURIInvalid),
        Flaw(
            field: "redirect_uri",
            value: .string("https://example.org/account/profile/"),
            outcome: Refused.redirectURIInvalid
        ),
        Flaw(field: "scope", value: .null, outcome: Refused.scopeBlank),
        Flaw(field: "scope", value: .string(""), outcome: Refused.scopeBlank),
        Flaw(field: "scope", value: .other, outcome: Refused.scopeInvalid),
        Flaw(field: "code_challenge", value: .integer("1"), outcome: Refused.codeChallengeInvalid),
    ]

    @Test("a field that is blank, unregistered or of a wrong type is refused by name", arguments: Self.flaws)
    func single(_ flaw: Flaw) {
        let refusal = refused { try Self.authorization([flaw.field: flaw.value]) }

        #expect(refusal?.outcome == flaw.outcome)
        #expect(refusal?.parts == [])
    }

    @Test("an unregistered redirect_uri is shown without its query")
    func shown() {
        let refusal = refused { try Self.authorization(["redirect_uri": .string("https://evil.com/cb?code=secret")]) }

        #expect(
            refusal
                == Refusal(
                    Refused.redirectURIInvalid,
                    "The redirect_uri https://evil.com/cb?... is not registered for demo-client."
                )
        )
    }

    @Test("two flaws are refused as one, with both inside")
    func multiple() {
        let refusal = refused { try SandboxAuthorization(RequestFields([:]), application: .sample()) }

        #expect(refusal?.outcome == Refused.multipleErrors)
        #expect(refusal?.parts == [Refused.redirectURIBlank, Refused.scopeBlank])
    }
}
