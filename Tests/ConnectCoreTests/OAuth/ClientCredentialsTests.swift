import ConnectCore
import Testing

@Suite("Client credentials")
struct ClientCredentialsTests {
    static let basic = ClientCredentials.Basic(
        clientID: ClientID(rawValue: "basic-client"),
        clientSecret: ClientSecret(rawValue: "basic-secret")
    )

    @Test("they come from the body")
    func body() throws {
        let credentials = try ClientCredentials(
            strings(["client_id": "demo-client", "client_secret": "demo-secret"]),
            basic: nil,
            acceptsBasic: false
        )

        #expect(credentials.clientID == ClientID(rawValue: "demo-client"))
        #expect(credentials.clientSecret == ClientSecret(rawValue: "demo-secret"))
        #expect(credentials.usesRefusedMethod == false)
    }

    @Test("what is missing, null or blank is not there", arguments: [nil, .null, .string(" ")] as [FieldValue?])
    func blank(_ value: FieldValue?) throws {
        var fields: [String: FieldValue] = [:]
        fields["client_id"] = value
        fields["client_secret"] = value
        let credentials = try ClientCredentials(RequestFields(fields), basic: nil, acceptsBasic: false)

        #expect(credentials.clientID == nil)
        #expect(credentials.clientSecret == nil)
    }

    @Test("what is not a string makes the body malformed", arguments: ["client_id", "client_secret"])
    func mistyped(_ parameter: String) {
        let refusal = refused {
            try ClientCredentials(RequestFields([parameter: .integer("1")]), basic: nil, acceptsBasic: false)
        }

        #expect(
            refusal == Refusal(Outcome.Shared.malformedBody, "The parameter \(parameter) is not a string.")
        )
    }

    @Test("HTTP Basic authentication is refused, and not read, unless it is accepted")
    func httpBasic() throws {
        let fields = strings(["client_id": "demo-client"])
        let strict = try ClientCredentials(fields, basic: Self.basic, acceptsBasic: false)
        let relaxed = try ClientCredentials(fields, basic: Self.basic, acceptsBasic: true)

        #expect(strict.usesRefusedMethod)
        #expect(strict.clientID == ClientID(rawValue: "demo-client"))
        #expect(strict.clientSecret == nil)
        #expect(relaxed.usesRefusedMethod == false)
        #expect(relaxed.clientID == ClientID(rawValue: "basic-client"))
        #expect(relaxed.clientSecret == ClientSecret(rawValue: "basic-secret"))
    }

    struct Flaw: Sendable {
        let parameters: [String: String]
        var application: Application? = .sample()
        var basic: ClientCredentials.Basic?
        let reason: Reason?
    }

    static let flaws: [Flaw] = [
        Flaw(parameters: ["client_id": "demo-client", "client_secret": "demo-secret"], reason: nil),
        Flaw(
            parameters: ["client_id": "demo-client", "client_secret": "demo-secret"],
            application: .sample(isEnabled: false),
            reason: nil
        ),
        Flaw(parameters: ["client_secret": "demo-secret"], reason: "The parameter client_id is missing."),
        Flaw(
            parameters: ["client_id": "nobody", "client_secret": "demo-secret"],
            application: nil,
            reason: "No application has the client_id nobody."
        ),
        Flaw(parameters: ["client_id": "demo-client"], reason: "The parameter client_secret is missing."),
        Flaw(
            parameters: ["client_id": "demo-client", "client_secret": "hunter2"],
            reason: "The client_secret is not that of demo-client."
        ),
        Flaw(
            parameters: ["client_id": "demo-client", "client_secret": "demo-secret"],
            basic: basic,
            reason:
                "The credentials came as HTTP Basic authentication; client_id and client_secret belong in the body."
        ),
    ]

    @Test("the first flaw is told, and never the secret", arguments: Self.flaws)
    func flaw(_ flaw: Flaw) throws {
        let credentials = try ClientCredentials(strings(flaw.parameters), basic: flaw.basic, acceptsBasic: false)

        #expect(credentials.flaw(for: flaw.application) == flaw.reason)
    }
}
