import ConnectCore
import Testing

@Suite("Revocation request")
struct RevocationRequestTests {
    typealias Answers = Outcome.RevokeAccessToken

    static func request(secret: String? = "demo-secret", isBasic: Bool = false) throws -> RevocationRequest {
        var parameters = ["client_id": "demo-client", "token": "access-token"]
        parameters["client_secret"] = secret
        let basic = ClientCredentials.Basic(
            clientID: ClientID(rawValue: "demo-client"),
            clientSecret: ClientSecret(rawValue: "demo-secret")
        )
        return try RevocationRequest(
            strings(parameters),
            credentials: ClientCredentials(strings(parameters), basic: isBasic ? basic : nil, acceptsBasic: false)
        )
    }

    struct Row: Sendable {
        var application: Application = .sample()
        let token: AccessToken?
        var seconds: Int64 = 0
        let outcome: Outcome
    }

    static let decisions: [Row] = [
        Row(token: .sample(), outcome: Answers.success),
        Row(token: .sample(), seconds: 86_399, outcome: Answers.success),
        Row(token: .linkingToken(), outcome: Answers.success),
        Row(application: .sample(isEnabled: false), token: .sample(), outcome: Answers.success),
        Row(token: nil, outcome: Answers.unknownToken),
        Row(token: .sample(), seconds: 86_400, outcome: Answers.endedToken),
        Row(token: .sample(revokedAt: newYear), outcome: Answers.endedToken),
        Row(token: .linkingToken(revokedAt: newYear), outcome: Answers.endedToken),
    ]

    @Test("a live token is to be revoked; an unknown or ended one is no error", arguments: Self.decisions)
    func decide(_ row: Row) throws {
        let outcome = try Self.request().decide(
            application: row.application,
            token: row.token,
            at: newYear.adding(seconds: row.seconds)
        )

        #expect(outcome == row.outcome)
    }

    @Test("an expired token is revoked for the sake of the refresh token beside it")
    func refreshToken() throws {
        let outcome = try Self.request().decide(
            application: .sample(),
            token: .linkingToken(),
            at: newYear.adding(seconds: 90_000)
        )

        #expect(outcome == Answers.success)
    }

    @Test("another application's token may not be revoked, ended or not", arguments: [nil, newYear] as [Instant?])
    func otherApplication(_ revokedAt: Instant?) throws {
        let request = try Self.request()
        let token = AccessToken.sample(revokedAt: revokedAt)
        let refusal = refused {
            try request.decide(application: .sample(clientID: "clone"), token: token, at: newYear)
        }

        #expect(
            refusal
                == Refusal(Answers.unauthorizedClient, "The token was issued to another application than clone.")
        )
    }

    @Test("a client that does not prove itself may revoke nothing", arguments: [nil, "hunter2"] as [String?])
    func unauthenticated(_ secret: String?) throws {
        let request = try Self.request(secret: secret)

        #expect(
            refused { try request.decide(application: .sample(), token: .sample(), at: newYear) }?.outcome
                == Answers.unauthenticatedClient
        )
        #expect(
            refused { try request.decide(application: nil, token: nil, at: newYear) }?.outcome
                == Answers.unauthenticatedClient
        )
    }

    @Test("HTTP Basic authentication is refused")
    func basic() throws {
        let request = try Self.request(isBasic: true)

        #expect(
            refused { try request.decide(application: .sample(), token: .sample(), at: newYear) }?.outcome
                == Answers.unauthenticatedClient
        )
    }

    @Test("the token is read from the body; blank, null and missing are none")
    func token() throws {
        let credentials = try ClientCredentials(strings([:]), basic: nil, acceptsBasic: false)

        #expect(try RevocationRequest(strings(["token": "t"]), credentials: credentials).token == "t")
        #expect(try RevocationRequest(strings(["token": " "]), credentials: credentials).token == nil)
        #expect(try RevocationRequest(RequestFields(["token": .null]), credentials: credentials).token == nil)
        #expect(try RevocationRequest(strings([:]), credentials: credentials).token == nil)
        #expect(
            refused { try RevocationRequest(RequestFields(["token": .integer("1")]), credentials: credentials) }
                == Refusal(Outcome.Shared.malformedBody, "The parameter token is not a string.")
        )
    }
}
