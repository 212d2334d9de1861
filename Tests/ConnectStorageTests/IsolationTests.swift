import ConnectCore
import ConnectStorage
import TestSupport
import Testing

@Suite("Retailers side by side")
struct IsolationTests {
    let world = TestEnvironment()

    static let state = """
        retailers:
          - id: grocer
            applications:
              - {client_id: grocer, client_secret: grocer-secret, redirect_uris: [https://grocer.example/cb]}
              - {client_id: clone, client_secret: clone-secret, redirect_uris: [https://grocer.example/cb]}
            instacart_users:
              - {id: 1, email: anna@example.com, instacartplus_member: true}
            connect_users:
              - {user_id: anna}
          - id: baker
            applications:
              - {client_id: baker, client_secret: baker-secret, redirect_uris: [https://baker.example/cb]}
            instacart_users:
              - {id: 1, email: anna@example.com}
              - {id: 7, email: ben@example.com}
            connect_users:
              - {user_id: anna}
        """

    static let grocer = TestClient(id: "grocer", secret: "grocer-secret", redirectURI: "https://grocer.example/cb")
    static let clone = TestClient(id: "clone", secret: "clone-secret", redirectURI: "https://grocer.example/cb")
    static let baker = TestClient(id: "baker", secret: "baker-secret", redirectURI: "https://baker.example/cb")

    @Test("two retailers may have the same user_id and e-mail address, and count ids each for itself")
    func names() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)

        #expect(try await database.newInstacartUser("carl@example.com", of: Self.grocer) == 2)
        #expect(try await database.newInstacartUser("carl@example.com", of: Self.baker) == 8)
        #expect(try await database.newUser("carl", of: Self.grocer).userID == UserID(rawValue: "carl"))
        #expect(try await database.newUser("carl", of: Self.baker).userID == UserID(rawValue: "carl"))
    }

    @Test("users of the same name are linked each to its retailer's Instacart user")
    func links() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let token = try await database.linkingToken(for: 1, of: Self.grocer)
        _ = try await database.link("anna", with: token.value, by: Self.grocer)

        #expect(try await database.status(of: "anna", for: Self.grocer).isInstacartPlusMember)
        #expect(
            await refused { try await database.status(of: "anna", for: Self.baker) }?.outcome
                == Outcome.GetUserLink.userNotLinked
        )
    }

    @Test("a deletion at one retailer is none at the other")
    func deletion() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        try await database.requestDeletion(of: "anna", by: Self.grocer)

        #expect(
            await refused { try await database.status(of: "anna", for: Self.grocer) }?.outcome
                == Outcome.GetUserLink.userNotActive
        )
        #expect(
            await refused { try await database.status(of: "anna", for: Self.baker) }?.outcome
                == Outcome.GetUserLink.userNotLinked
        )
    }

    @Test("a linking token of a clone is as good")
    func cloneToken() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let token = try await database.linkingToken(for: 1, of: Self.clone)

        #expect(token.clientID == ClientID(rawValue: "clone"))
        #expect(try await database.link("anna", with: token.value, by: Self.grocer) == Outcome.LinkUser.success)
        #expect(try await database.status(of: "anna", for: Self.clone).isInstacartPlusMember)
    }

    @Test("another retailer's linking token is refused, and stays good at home")
    func foreignToken() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let token = try await database.linkingToken(for: 1, of: Self.baker)
        let refusal = await refused { try await database.link("anna", with: token.value, by: Self.grocer) }

        #expect(
            refusal
                == Refusal(Outcome.LinkUser.linkingTokenOtherRetailer, "The linking token is another retailer's.")
        )
        #expect(try await database.link("anna", with: token.value, by: Self.baker) == Outcome.LinkUser.success)
    }

    @Test("another retailer's Instacart user is nobody")
    func foreignInstacartUser() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let refusal = await refused { try await database.code(for: 7, of: Self.grocer) }

        #expect(refusal?.outcome == Outcome.AuthorizeInstacartUser.userIDInvalid)
        #expect(try await database.code(for: 7, of: Self.baker).instacartUserID == InstacartUserID(rawValue: 7))
    }

    @Test("a code is its application's only, not its clone's, and a wrong hand ends nothing")
    func codes() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let code = try await database.code(for: 1, of: Self.grocer)
        let early = await refused { try await database.redeem(code, of: Self.clone) }
        let token = try await database.redeem(code, of: Self.grocer)
        let late = await refused { try await database.redeem(code, of: Self.clone) }

        #expect(early?.outcome == Outcome.GenerateAccessToken.codeOfAnotherClient)
        #expect(late?.outcome == Outcome.GenerateAccessToken.codeOfAnotherClient)
        #expect(try await database.link("anna", with: token.value, by: Self.grocer) == Outcome.LinkUser.success)
    }

    @Test("a refresh token is its application's only")
    func refreshTokens() async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let token = try await database.linkingToken(for: 1, of: Self.grocer)
        let refusal = await refused { try await database.refresh(token, of: Self.clone) }

        #expect(refusal?.outcome == Outcome.GenerateAccessToken.invalidRefreshToken)
        #expect(try await database.refresh(token, of: Self.grocer).clientID == ClientID(rawValue: "grocer"))
    }

    @Test("a clone cannot revoke the original's token, nor can another retailer", arguments: ["clone", "baker"])
    func revocation(_ name: String) async throws {
        let database = try await SandboxDatabase.holding(Self.state, in: world)
        let client = name == "clone" ? Self.clone : Self.baker
        let bearer = try await database.bearer(of: Self.grocer)
        let refusal = await refused { try await database.revoke(bearer.rawValue, by: client) }
        try await database.authorize(bearer)

        #expect(
            refusal
                == Refusal(
                    Outcome.RevokeAccessToken.unauthorizedClient,
                    "The token was issued to another application than \(name)."
                )
        )
    }
}
