import ConnectCore
import ConnectStorage
import TestSupport
import Testing

@Suite("Links in the database")
struct LinkTests {
    typealias Answers = Outcome.LinkUser

    let world = TestEnvironment()

    @Test("a linked Connect user shows the Instacart user's membership")
    func link() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let outcome = try await database.link("johnsmith6000", with: database.linkingToken(for: 3).value)
        let status = try await database.status(of: "johnsmith6000")

        #expect(outcome == Answers.success)
        #expect(status.isInstacartPlusMember)
        #expect(status.expiredAt?.iso8601 == "2027-01-01T00:00:00Z")
    }

    @Test("the same two are linked again, with the same token or a new one")
    func again() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.linkingToken()
        let other = try await database.linkingToken()

        #expect(try await database.link("johnsmith6000", with: token.value) == Answers.success)
        #expect(try await database.link("johnsmith6000", with: token.value) == Answers.alreadyLinkedToEachOther)
        #expect(try await database.link("johnsmith6000", with: other.value) == Answers.alreadyLinkedToEachOther)
    }

    @Test("a refused link changes nothing, and the linking token stays good")
    func refusedLink() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.linkingToken()
        let notFound = await refused { try await database.link("anna", with: token.value) }
        let notActive = await refused { try await database.link("not-active", with: token.value) }
        let taken = await refused { try await database.link("linked-inactive", with: token.value) }
        _ = try await database.newUser("anna")

        #expect(notFound?.outcome == Answers.userNotFound)
        #expect(notActive?.outcome == Answers.userNotActive)
        #expect(taken?.outcome == Answers.connectUserAlreadyLinked)
        #expect(try await database.status(of: "linked-inactive").isInstacartPlusMember == false)
        #expect(try await database.link("anna", with: token.value) == Answers.success)
    }

    @Test("an Instacart user who is linked to another Connect user is refused, and both stay as they are")
    func instacartUserTaken() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let token = try await database.linkingToken(for: 1)
        let refusal = await refused { try await database.link("johnsmith6000", with: token.value) }

        #expect(
            refusal
                == Refusal(
                    Answers.instacartUserAlreadyLinked,
                    "The Instacart user 1 is linked to the Connect user 1990ad78-9f7a-4302-95cb-f70fe03b6b04."
                )
        )
        #expect(
            await refused { try await database.status(of: "johnsmith6000") }?.outcome
                == Outcome.GetUserLink.userNotLinked
        )
        #expect(try await database.status(of: "1990ad78-9f7a-4302-95cb-f70fe03b6b04").isInstacartPlusMember)
    }

    @Test("a token that is none, expired or not for linking is refused")
    func badTokens() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let linking = try await database.linkingToken()
        let bearer = try await database.bearer()
        let unknown = await refused { try await database.link("johnsmith6000", with: "nonsense") }
        let blank = await refused { try await database.link("johnsmith6000", with: "") }
        let fulfillment = await refused { try await database.link("johnsmith6000", with: bearer.rawValue) }
        let refreshToken = await refused {
            try await database.link("johnsmith6000", with: linking.refreshToken ?? "")
        }
        world.advance(seconds: 86_400)
        let expired = await refused { try await database.link("johnsmith6000", with: linking.value) }

        #expect(unknown?.outcome == Answers.linkingTokenInvalid)
        #expect(blank?.outcome == Answers.linkingTokenBlank)
        #expect(fulfillment?.outcome == Answers.linkingTokenWrongScope)
        #expect(refreshToken?.outcome == Answers.linkingTokenInvalid)
        #expect(expired?.outcome == Answers.linkingTokenExpired)
    }

    @Test("bearer, user, activity and token are checked in this order")
    func order() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let empty = RequestFields([:])
        let bearer = try await database.bearer()
        func outcome(_ userID: String, _ bearer: BearerToken?) async -> Outcome? {
            await refused {
                try await database.link(UserID(rawValue: userID), .success(empty), bearer: bearer)
            }?.outcome
        }

        #expect(await outcome("nobody", nil) == Outcome.Shared.missingToken)
        #expect(await outcome("nobody", bearer) == Answers.userNotFound)
        #expect(await outcome("not-active", bearer) == Answers.userNotActive)
        #expect(await outcome("johnsmith6000", bearer) == Answers.linkingTokenBlank)
    }

    /// Swift compares the two as equal, SQLite does not.
    @Test("two user_ids that differ in their Unicode form only are two users, and never linked to one account")
    func unicodeForms() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        _ = try await database.newUser("Jos\u{E9}")
        _ = try await database.newUser("Jose\u{301}")
        let token = try await database.linkingToken()

        #expect(try await database.link("Jos\u{E9}", with: token.value) == Answers.success)
        #expect(
            await refused { try await database.link("Jose\u{301}", with: token.value) }?.outcome
                == Answers.instacartUserAlreadyLinked
        )
    }
}
