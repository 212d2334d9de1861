import ConnectCore
import ConnectStorage
import TestSupport
import Testing

@Suite("Instacart users in the database")
struct InstacartUserTests {
    let world = TestEnvironment()

    @Test("ids count up from those of the state, and from 1 without any")
    func ids() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let empty = try await SandboxDatabase.holding(
            "applications: [{client_id: a, client_secret: s, redirect_uris: [https://example.org/cb]}]",
            in: world
        )
        let client = TestClient(id: "a", secret: "s", redirectURI: "https://example.org/cb")

        #expect(try await database.newInstacartUser("a@example.com") == 5)
        #expect(try await database.newInstacartUser("b@example.com") == 6)
        #expect(try await empty.newInstacartUser("a@example.com", of: client) == 1)
        #expect(try await empty.newInstacartUser("b@example.com", of: client) == 2)
    }

    @Test("a refused request uses up no id")
    func refusedCreation() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let taken = await refused { try await database.newInstacartUser("member@example.com") }
        let invalid = await refused {
            try await database.newInstacartUser("a@example.com", adding: ["phone": .null])
        }

        #expect(taken?.outcome == Outcome.CreateInstacartUser.emailTaken)
        #expect(invalid?.outcome == Outcome.CreateInstacartUser.phoneBlank)
        #expect(try await database.newInstacartUser("a@example.com") == 5)
    }

    @Test("an e-mail address is taken once, in any case; phones may be shared")
    func emails() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let refusal = await refused { try await database.newInstacartUser("MEMBER@Example.com") }

        #expect(
            refusal
                == Refusal(
                    Outcome.CreateInstacartUser.emailTaken,
                    "The retailer has an Instacart user with the e-mail address MEMBER@Example.com already."
                )
        )
        #expect(
            try await database.newInstacartUser("a@example.com", adding: ["phone": .string("8005550101")]) == 5
        )
    }

    static let flags: [([String: FieldValue], String?)] = [
        ([:], nil),
        (["instacartplus_member": .bool(true)], "2027-01-01T00:00:00Z"),
        (["express_member": .bool(true)], "2027-01-01T00:00:00Z"),
        (["express_member": .bool(false), "instacartplus_member": .bool(true)], "2027-01-01T00:00:00Z"),
    ]

    @Test("either flag makes a member for one year from now", arguments: Self.flags)
    func membership(_ flags: [String: FieldValue], _ end: String?) async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let id = try await database.newInstacartUser("a@example.com", adding: flags)
        let token = try await database.linkingToken(for: id)
        _ = try await database.link("johnsmith6000", with: token.value)
        let now = try await database.status(of: "johnsmith6000")
        world.advance(seconds: 365 * 86_400 - 1)
        let lastSecond = try await database.status(of: "johnsmith6000")
        world.advance(seconds: 1)
        let over = try await database.status(of: "johnsmith6000")

        #expect(now.isInstacartPlusMember == (end != nil))
        #expect(now.expiredAt?.iso8601 == end)
        #expect(lastSecond == now)
        #expect(over.isInstacartPlusMember == false)
        #expect(over.expiredAt == nil)
    }

    @Test(
        "only the number of one of the retailer's Instacart users can be authorized",
        arguments: ["5", "0", "-1", "1.0", "one", "", "9223372036854775808", "johnsmith6000"]
    )
    func nobody(_ id: String) async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let bearer = try await database.bearer()
        let refusal = await refused {
            try await database.authorizeInstacartUser(id, .success(RequestFields([:])), bearer: bearer)
        }

        #expect(
            refusal
                == Refusal(
                    Outcome.AuthorizeInstacartUser.userIDInvalid,
                    "The retailer has no Instacart user \(id)."
                )
        )
    }

    @Test("an unregistered address and another scope are refused")
    func authorization() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let address = await refused {
            try await database.code(adding: ["redirect_uri": .string("https://evil.com/cb")])
        }
        let scope = await refused { try await database.code(adding: ["scope": .string("connect:fulfillment")]) }
        let port = try await database.code(
            adding: ["redirect_uri": .string("http://localhost:3000/demo/account/profile")]
        )

        #expect(address?.outcome == Outcome.AuthorizeInstacartUser.redirectURIInvalid)
        #expect(scope?.outcome == Outcome.AuthorizeInstacartUser.scopeInvalid)
        #expect(port.redirectURI == "http://localhost:3000/demo/account/profile")
    }
}
