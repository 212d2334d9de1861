import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("Restart on the same file")
struct RestartTests {
    let world = TestEnvironment()

    /// Opens a file as `serve` does, and closes it after the work.
    func serve<Value>(_ file: URL, _ work: (SandboxDatabase) async throws -> Value) async throws -> Value {
        let database = try SandboxDatabase.open(path: file.path, environment: world.environment)
        try await database.loadIfNew(StateDocument.demo())
        let value = try await work(database)
        try database.close()
        return value
    }

    @Test("tokens, users and links are as they were")
    func keeps() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let (bearer, linking) = try await serve(file) { database in
                _ = try await database.newUser("anna")
                let token = try await database.linkingToken(for: 3)
                _ = try await database.link("anna", with: token.value)
                try await database.requestDeletion(of: "johnsmith6000")
                return (try await database.bearer(), token)
            }
            try await serve(file) { database in
                try await database.authorize(bearer)
                let status = try await database.linkStatus(of: UserID(rawValue: "anna"), bearer: bearer)

                #expect(status.isInstacartPlusMember)
                #expect(status.expiredAt?.iso8601 == "2027-01-01T00:00:00Z")
                #expect(try await database.refresh(linking).subject == .instacartUser(InstacartUserID(rawValue: 3)))
                #expect(
                    await refused { try await database.status(of: "johnsmith6000") }?.outcome
                        == Outcome.GetUserLink.userNotActive
                )
                #expect(
                    await refused { try await database.newUser("anna") }?.outcome == Outcome.CreateUser.userIDTaken
                )
            }
        }
    }

    @Test("an Instacart user's id is not given twice")
    func ids() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let first = try await serve(file) { try await $0.newInstacartUser("a@example.com") }
            let second = try await serve(file) { try await $0.newInstacartUser("b@example.com") }

            #expect([first, second] == [5, 6])
        }
    }

    @Test("a code can be redeemed afterwards, with its challenge and its expiry")
    func codes() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let codes = try await serve(file) { database in
                let challenge: [String: FieldValue] = [
                    "code_challenge": .string("verifier"), "code_challenge_method": .string("plain"),
                ]
                return [try await database.code(adding: challenge), try await database.code()]
            }
            world.advance(seconds: 599)
            try await serve(file) { database in
                let missing = await refused { try await database.redeem(codes[0]) }
                let token = try await database.redeem(codes[0], adding: ["code_verifier": "verifier"])

                #expect(missing?.outcome == Outcome.GenerateAccessToken.missingCodeVerifier)
                #expect(token.scopes == ScopeList([.accountLinking]))
            }
            world.advance(seconds: 1)
            let expired = try await serve(file) { database in
                await refused { try await database.redeem(codes[1]) }
            }

            #expect(expired?.outcome == Outcome.GenerateAccessToken.expiredCode)
        }
    }

    @Test("what a replay revoked stays revoked, though the request was refused")
    func replay() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let (code, token) = try await serve(file) { database in
                let code = try await database.code()
                return (code, try await database.redeem(code))
            }
            let replay = try await serve(file) { database in await refused { try await database.redeem(code) } }
            let link = try await serve(file) { database in
                await refused { try await database.link("johnsmith6000", with: token.value) }
            }

            #expect(replay?.outcome == Outcome.GenerateAccessToken.replayedCode)
            #expect(link?.outcome == Outcome.LinkUser.linkingTokenRevoked)
        }
    }

    @Test("a retailer's clock stands where it stood")
    func clock() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let document = try StateDocument(
                parsing: """
                    id: frozen
                    clock: {now: 2021-06-30T00:00:00Z, frozen: true}
                    applications: [{client_id: f, client_secret: s, redirect_uris: [https://example.org/cb]}]
                    """,
                source: "state.yaml"
            )
            let client = TestClient(id: "f", secret: "s", redirectURI: "https://example.org/cb")
            let bearer = try await serve(file) { database in
                try await database.loadMissing([document])
                return try await database.bearer(of: client)
            }
            world.advance(seconds: 1_000_000)
            try await serve(file) { database in
                try await database.authorize(bearer)
                let token = try await database.issue(["grant_type": "client_credentials"], to: client)

                #expect(token.createdAt.iso8601 == "2021-06-30T00:00:00Z")
            }
        }
    }
}
