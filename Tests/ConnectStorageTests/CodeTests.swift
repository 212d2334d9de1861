import ConnectCore
import ConnectStorage
import TestSupport
import Testing

@Suite("Authorization codes in the database")
struct CodeTests {
    typealias Refused = Outcome.GenerateAccessToken

    let world = TestEnvironment()

    static let challenge: [String: FieldValue] = [
        "code_challenge": .string("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        "code_challenge_method": .string("S256"),
    ]
    static let verifier = ["code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"]

    @Test("a code is the application's and the user's, for ten minutes")
    func code() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code()

        #expect(
            code
                == AuthorizationCode(
                    value: code.value,
                    clientID: ClientID(rawValue: "demo-client"),
                    instacartUserID: InstacartUserID(rawValue: 3),
                    redirectURI: "https://example.org/account/profile",
                    scopes: ScopeList([.accountLinking]),
                    challenge: nil,
                    expiresAt: TestEnvironment.start.adding(seconds: 600),
                    redeemedAt: nil
                )
        )
        #expect(code.value.count == 43)
    }

    @Test("a code is exchanged for a linking token with a refresh token")
    func redeem() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.redeem(database.code())

        #expect(token.subject == .instacartUser(InstacartUserID(rawValue: 3)))
        #expect(token.scopes == ScopeList([.accountLinking]))
        #expect(token.refreshToken?.count == 43)
        #expect(token.expiresAt == TestEnvironment.start.adding(seconds: 86_400))
    }

    @Test("a code expires after 600 seconds")
    func expiry() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let first = try await database.code()
        let second = try await database.code()
        world.advance(seconds: 599)
        _ = try await database.redeem(first)
        world.advance(seconds: 1)

        #expect(await refused { try await database.redeem(second) }?.outcome == Refused.expiredCode)
    }

    @Test("a wrong redirect_uri does not use the code up")
    func wrongRedirectURI() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code()
        let refusal = await refused {
            try await database.redeem(code, adding: ["redirect_uri": "http://localhost/demo/account/profile"])
        }

        #expect(refusal?.outcome == Refused.redirectURIMismatch)
        #expect(try await database.redeem(code).scopes == ScopeList([.accountLinking]))
    }

    @Test("a wrong, missing or unexpected verifier does not use the code up")
    func wrongVerifier() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code(adding: Self.challenge)
        let plain = try await database.code()
        let wrong = await refused { try await database.redeem(code, adding: ["code_verifier": "wrong"]) }
        let missing = await refused { try await database.redeem(code) }
        let unexpected = await refused { try await database.redeem(plain, adding: Self.verifier) }

        #expect(wrong?.outcome == Refused.codeVerifierMismatch)
        #expect(missing?.outcome == Refused.missingCodeVerifier)
        #expect(unexpected?.outcome == Refused.unexpectedCodeVerifier)
        #expect(try await database.redeem(code, adding: Self.verifier).scopes == ScopeList([.accountLinking]))
        #expect(try await database.redeem(plain).scopes == ScopeList([.accountLinking]))
    }

    @Test("a replayed code is refused, and what it had issued ends, refreshed tokens too")
    func replay() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code()
        let first = try await database.redeem(code)
        let second = try await database.refresh(first)
        let other = try await database.linkingToken()
        let refusal = await refused { try await database.redeem(code) }

        #expect(
            refusal
                == Refusal(Refused.replayedCode, "The code was redeemed before; what it had issued is revoked.")
        )
        #expect(
            await refused { try await database.link("johnsmith6000", with: second.value) }?.outcome
                == Outcome.LinkUser.linkingTokenRevoked
        )
        #expect(await refused { try await database.refresh(second) }?.outcome == Refused.invalidRefreshToken)
        #expect(await refused { try await database.redeem(code) }?.outcome == Refused.replayedCode)
        #expect(try await database.link("johnsmith6000", with: other.value) == Outcome.LinkUser.success)
    }

    @Test("who cannot prove to be the code's application ends nothing by a replay")
    func foreignReplay() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code()
        let token = try await database.redeem(code)
        let wrongSecret = TestClient(
            id: "demo-client",
            secret: "hunter2",
            redirectURI: "https://example.org/account/profile"
        )
        let refusal = await refused { try await database.redeem(code, of: wrongSecret) }

        #expect(refusal?.outcome == Refused.invalidClient)
        #expect(try await database.link("johnsmith6000", with: token.value) == Outcome.LinkUser.success)
    }

    @Test("of two redemptions at once one is granted, and then revoked by the other")
    func race() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let code = try await database.code()
        let tokens = await withTaskGroup(of: AccessToken?.self, returning: [AccessToken].self) { group in
            for _ in 1...2 {
                group.addTask { try? await database.redeem(code) }
            }
            var tokens: [AccessToken] = []
            for await token in group {
                if let token { tokens.append(token) }
            }
            return tokens
        }
        let token = try #require(tokens.first)

        #expect(tokens.count == 1)
        #expect(
            await refused { try await database.link("johnsmith6000", with: token.value) }?.outcome
                == Outcome.LinkUser.linkingTokenRevoked
        )
    }
}
