import ConnectCore
import ConnectStorage
import TestSupport
import Testing

@Suite("Loading states")
struct LoadingTests {
    let world = TestEnvironment()

    static func document(_ text: String) throws -> StateDocument {
        try StateDocument(parsing: text, source: "state.yaml")
    }

    func conflict(_ work: () async throws -> Void) async throws -> String {
        let error = try await #require(throws: ControlRefusal.self) { try await work() }
        return error.description
    }

    @Test("the demo is loaded into an empty database; its first application is shown to a newcomer")
    func demo() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        #expect(try await database.firstApplication() == nil)
        try await database.loadMissing([StateDocument.demo()])
        let application = try #require(try await database.firstApplication())

        #expect(application.clientID == ClientID(rawValue: "demo-client"))
        #expect(application.clientSecret == ClientSecret(rawValue: "demo-secret"))
        #expect(application.name == "Demo Grocer website")
        #expect(application.isEnabled)
        #expect(application.scopes == ScopeList([.fulfillment, .postCheckout, .accountLinking]))
        #expect(
            application.redirectURIs.map(\.rawValue) == [
                "http://localhost/demo/account/profile", "https://example.org/account/profile",
            ]
        )
    }

    @Test("the demo's users are linked, members and active as promised")
    func demoUsers() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let member = try await database.status(of: "1990ad78-9f7a-4302-95cb-f70fe03b6b04")
        let nonmember = try await database.status(of: "linked-inactive")
        let unlinked = await refused { try await database.status(of: "johnsmith6000") }
        let inactive = await refused { try await database.status(of: "not-active") }

        #expect(member.isInstacartPlusMember)
        #expect(member.expiredAt?.iso8601 == "2027-01-01T00:00:00Z")
        #expect(nonmember.isInstacartPlusMember == false)
        #expect(unlinked?.outcome == Outcome.GetUserLink.userNotLinked)
        #expect(inactive?.outcome == Outcome.GetUserLink.userNotActive)
        for email in ["unlinked-member@example.com", "unlinked-nonmember@example.com"] {
            let refusal = await refused { try await database.newInstacartUser(email) }
            #expect(refusal?.outcome == Outcome.CreateInstacartUser.emailTaken)
        }
    }

    @Test("a retailer without an id is known by its client_id, so that a second start loads nothing twice")
    func withoutID() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        let document = try Self.document("applications: [{client_id: known, redirect_uris: []}]")
        try await database.loadMissing([document])
        try await database.loadMissing([document])

        #expect(try await database.firstApplication()?.clientID == ClientID(rawValue: "known"))
    }

    @Test("one id given twice is a conflict")
    func idTwice() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        let documents = try ["{id: a}", "{id: b}", "{id: a}"].map(Self.document)
        let description = try await conflict { try await database.loadMissing(documents) }

        #expect(description == "the retailer “a” is given twice")
    }

    @Test("a retailer that the database holds is not loaded again")
    func missingOnly() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        try await database.requestDeletion(of: "johnsmith6000")
        try await database.loadMissing([
            StateDocument.demo(),
            Self.document("{id: shop, applications: [{client_id: shop, redirect_uris: [https://example.org/cb]}]}"),
        ])
        try await database.loadMissing([StateDocument.demo()])
        let refusal = await refused { try await database.status(of: "johnsmith6000") }

        #expect(refusal?.outcome == Outcome.GetUserLink.userNotActive)
        #expect(try await database.firstApplication()?.clientID == ClientID(rawValue: "demo-client"))
    }

    @Test("ids and secrets that a document leaves out are fresh, and work")
    func fresh() async throws {
        let database = try await SandboxDatabase.holding(
            "applications: [{redirect_uris: [https://example.org/cb]}]",
            in: world
        )
        let application = try #require(try await database.firstApplication())
        let client = TestClient(
            id: application.clientID.rawValue,
            secret: application.clientSecret.rawValue,
            redirectURI: "https://example.org/cb"
        )

        #expect(application.name.wholeMatch(of: /[0-9a-f]{12}/) != nil)
        #expect(client.id.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
        #expect(client.secret.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil && client.secret != client.id)
        #expect(try await database.newInstacartUser("anna@example.com", of: client) == 1)
    }

    @Test("an application without a name has its retailer's")
    func name() async throws {
        let database = try await SandboxDatabase.holding(
            "{id: shop, name: The Shop, applications: [{redirect_uris: [https://example.org/cb]}]}",
            in: world
        )

        #expect(try await database.firstApplication()?.name == "The Shop")
    }

    @Test("nothing of a document is loaded where a later retailer's client_id is in use")
    func conflictWithin() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        let first = "{id: first, applications: [{client_id: shared, redirect_uris: [https://example.org/cb]}]}"
        let second = "{id: second, applications: [{client_id: shared, redirect_uris: [https://example.org/cb]}]}"
        let document = try Self.document("retailers: [\(first), \(second)]")
        let description = try await conflict { try await database.loadMissing([document]) }

        #expect(
            description == "the retailer “second” cannot be loaded: the client_id “shared” is in use already"
        )
        #expect(try await database.firstApplication() == nil)

        try await database.loadMissing([Self.document(first)])
        #expect(try await database.firstApplication()?.clientID == ClientID(rawValue: "shared"))
    }

    @Test("nothing of several documents is loaded where a later one conflicts with the database")
    func conflictWithDatabase() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let documents = [
            try Self.document("{id: a, applications: [{client_id: a, redirect_uris: [https://example.org/cb]}]}"),
            try Self.document(
                "{id: b, applications: [{client_id: demo-client, redirect_uris: [https://example.org/cb]}]}"
            ),
        ]
        let description = try await conflict { try await database.loadMissing(documents) }
        let client = TestClient(id: "a", secret: "demo-secret", redirectURI: "https://example.org/cb")
        let refusal = await refused { try await database.bearer(of: client) }

        #expect(description == "the retailer “b” cannot be loaded: the client_id “demo-client” is in use already")
        #expect(refusal?.reason == "No application has the client_id a.")
    }

    @Test("the end of a membership is reckoned from when the state is loaded, by the retailer's clock")
    func relativeEnd() async throws {
        let database = try await SandboxDatabase.holding(
            """
            clock: {now: 2024-02-29T00:00:00Z, frozen: true}
            applications: [{client_id: shop, client_secret: shop-secret, redirect_uris: [https://example.org/cb]}]
            instacart_users:
              - {id: 1, instacartplus_member: true, expires_in: P1Y}
              - {id: 2, instacartplus_member: true, expired_at: "2024-02-29T00:00:01Z"}
              - {id: 3, instacartplus_member: true, expired_at: "2024-02-29T00:00:00Z"}
            connect_users:
              - {user_id: year, linked_to: 1}
              - {user_id: second, linked_to: 2}
              - {user_id: over, linked_to: 3}
            """,
            in: world
        )
        let shop = TestClient(id: "shop", secret: "shop-secret", redirectURI: "https://example.org/cb")

        #expect(try await database.status(of: "year", for: shop).expiredAt?.iso8601 == "2025-02-28T00:00:00Z")
        #expect(try await database.status(of: "second", for: shop).expiredAt?.iso8601 == "2024-02-29T00:00:01Z")
        #expect(try await database.status(of: "over", for: shop).isInstacartPlusMember == false)
        #expect(try await database.status(of: "over", for: shop).expiredAt == nil)
    }

    @Test("a retailer's clock runs from the time that its document names, or stands there")
    func clocks() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        for (id, isFrozen) in [("runs", false), ("stands", true)] {
            let document = try Self.document(
                """
                id: \(id)
                clock: {now: 2021-06-30T00:00:00Z, frozen: \(isFrozen)}
                applications: [{client_id: \(id), client_secret: s, redirect_uris: [https://example.org/cb]}]
                """
            )
            try await database.loadMissing([document])
        }
        world.advance(seconds: 60)
        let grant = ["grant_type": "client_credentials"]
        let running = try await database.issue(grant, to: TestClient(id: "runs", secret: "s", redirectURI: ""))
        let standing = try await database.issue(grant, to: TestClient(id: "stands", secret: "s", redirectURI: ""))

        #expect(running.createdAt.iso8601 == "2021-06-30T00:01:00Z")
        #expect(standing.createdAt.iso8601 == "2021-06-30T00:00:00Z")
    }

    @Test("the demo application is given another id, secret and further addresses")
    func adjust() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let address = try #require(RedirectURI(rawValue: "https://shop.example/cb"))
        let adjustment = SandboxDatabase.DemoAdjustment(
            clientID: ClientID(rawValue: "shop"),
            clientSecret: ClientSecret(rawValue: "shop-secret"),
            redirectURIs: [address]
        )
        try await database.adjustDemo(adjustment)
        try await database.adjustDemo(adjustment)
        let application = try #require(try await database.firstApplication())
        let shop = TestClient(id: "shop", secret: "shop-secret", redirectURI: "https://shop.example/cb")
        let old = await refused { try await database.bearer() }

        #expect(application.clientID == ClientID(rawValue: "shop"))
        #expect(
            application.redirectURIs.map(\.rawValue) == [
                "http://localhost/demo/account/profile", "https://example.org/account/profile",
                "https://shop.example/cb",
            ]
        )
        #expect(try await database.code(of: shop).redirectURI == "https://shop.example/cb")
        #expect(old?.outcome == Outcome.GenerateAccessToken.invalidClient)
    }

    @Test("what an adjustment does not name stays")
    func partialAdjustment() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        try await database.adjustDemo(
            SandboxDatabase.DemoAdjustment(
                clientID: nil,
                clientSecret: ClientSecret(rawValue: "other"),
                redirectURIs: []
            )
        )
        let application = try #require(try await database.firstApplication())

        #expect(application.clientID == ClientID(rawValue: "demo-client"))
        #expect(application.clientSecret == ClientSecret(rawValue: "other"))
        #expect(application.redirectURIs.count == 2)
    }

    @Test("an adjustment that takes another application's id, or has nothing to adjust, is a conflict")
    func badAdjustment() async throws {
        let empty = try SandboxDatabase.inMemory(environment: world.environment)
        let database = try await SandboxDatabase.holding(in: world)
        try await database.loadMissing([
            Self.document("{id: shop, applications: [{client_id: shop, redirect_uris: [https://example.org/cb]}]}")
        ])
        let adjustment = SandboxDatabase.DemoAdjustment(
            clientID: ClientID(rawValue: "shop"),
            clientSecret: ClientSecret(rawValue: "other"),
            redirectURIs: []
        )
        let taken = try await conflict { try await database.adjustDemo(adjustment) }
        let nothing = try await conflict { try await empty.adjustDemo(adjustment) }

        #expect(taken == "the client_id “shop” is in use already")
        #expect(nothing == "there is no application of a retailer “demo” to adjust")
        #expect(try await database.firstApplication()?.clientSecret == ClientSecret(rawValue: "demo-secret"))
    }

    @Test("an adjustment of nothing needs no demo")
    func noAdjustment() async throws {
        let empty = try SandboxDatabase.inMemory(environment: world.environment)
        try await empty.adjustDemo(
            SandboxDatabase.DemoAdjustment(clientID: nil, clientSecret: nil, redirectURIs: [])
        )

        #expect(try await empty.firstApplication() == nil)
    }
}
