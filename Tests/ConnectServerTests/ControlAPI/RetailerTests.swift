import HTTPTypes
import TestSupport
import Testing

@Suite("Retailers of the control API")
struct RetailerTests {
    @Test("an empty request makes a retailer whose application works at once")
    func empty() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, "/retailers")
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
            #expect(reply.json.names == ["id", "client_id", "client_secret", "authorization_url"])
            let id = try reply.string("id")
            let clientID = try reply.string("client_id")
            let secret = try reply.string("client_secret")
            let bearer = try await sandbox.fulfillmentToken(
                of: TestApplication(clientID: clientID, clientSecret: secret)
            )
            let created = try await sandbox.createUser("ann", bearer: bearer)
            #expect(created.outcome == "create_user.success")
            let retailer = try await sandbox.control(.get, "/retailers/\(id)")
            #expect(
                retailer.json == [
                    "id": .string(id), "name": .string(id), "applications": [.string(clientID)],
                    "clock": ["now": "2026-01-01T00:00:00Z", "frozen": false],
                    "connect_users": 1, "instacart_users": 0, "links": 0,
                ]
            )
            let applications = try await sandbox.control(.get, "/retailers/\(id)/applications")
            let addresses = applications.json["applications"]?.elements.first?["redirect_uris"]?.elements ?? []
            #expect(
                Set(addresses.compactMap(\.string)) == [
                    "https://example.org/account/profile", "http://localhost/demo/account/profile",
                ]
            )
        }
    }

    static let documents: [StateFormat: String] = [
        .yaml: """
        id: shop
        name: The Shop
        applications: [{client_id: shop-client, client_secret: shop-secret, redirect_uris: []}]
        instacart_users: [{id: 7, email: one@example.com}]
        connect_users: [{user_id: ann, linked_to: 7}, {user_id: ben}]
        """,
        .json: """
        {"id": "shop", "name": "The Shop",
         "applications": [{"client_id": "shop-client", "client_secret": "shop-secret", "redirect_uris": []}],
         "instacart_users": [{"id": 7, "email": "one@example.com"}],
         "connect_users": [{"user_id": "ann", "linked_to": 7}, {"user_id": "ben"}]}
        """,
    ]

    @Test("a state document makes a retailer as it says, in either format", arguments: StateFormat.allCases)
    func document(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                "/_sandbox/retailers",
                headers: ["Content-Type": format.rawValue],
                text: Self.documents[format]
            )
            #expect(reply.status == 200)
            #expect(reply.json["id"] == "shop")
            #expect(reply.json["client_id"] == "shop-client")
            #expect(reply.json["client_secret"] == "shop-secret")
            let retailer = try await sandbox.control(.get, "/retailers/shop")
            #expect(
                retailer.json == [
                    "id": "shop", "name": "The Shop", "applications": ["shop-client"],
                    "clock": ["now": "2026-01-01T00:00:00Z", "frozen": false],
                    "connect_users": 2, "instacart_users": 1, "links": 1,
                ]
            )
        }
    }

    @Test(
        "an id or a client_id that is in use is a conflict, and nothing is made",
        arguments: [
            ("id: demo", "retailer_id_taken"),
            (
                """
                id: shop
                applications: [{client_id: fresh, redirect_uris: []}, {client_id: demo-client, redirect_uris: []}]
                """,
                "client_id_taken"
            ),
        ]
    )
    func conflict(document: String, code: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.control(.post, "/retailers", yaml: document)
            #expect(reply.status == 409)
            #expect(reply.errorCode == code)
            #expect(!reply.errorMessage.isEmpty)
            #expect(reply.json["error"]?["path"] == "/_sandbox/retailers")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test(
        "a document that is wrong, or one of several retailers, makes none",
        arguments: [
            "id: shop\nnmae: x\n", "retailers: [{id: a}, {id: b}]", "[]", "id: [shop]",
            "connect_users: [{user_id: ann, linked_to: 1}]",
        ]
    )
    func wrong(document: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, "/retailers", yaml: document)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            let list = try await sandbox.control(.get, "/retailers")
            #expect(list.json["retailers"]?.elements.count == 1)
        }
    }

    @Test("retailers are listed in the order of their creation")
    func order() async throws {
        try await withSandbox { sandbox in
            for id in ["zebra", "apple", "mango"] { _ = try await sandbox.createRetailer("id: \(id)") }
            let list = try await sandbox.control(.get, "/retailers")
            #expect(list.status == 200)
            let retailers = list.json["retailers"]?.elements ?? []
            #expect(retailers.map { $0["id"]?.string } == ["demo", "zebra", "apple", "mango"])
            let first = try #require(retailers.first)
            #expect(
                first == [
                    "id": "demo", "name": "Demo Grocer", "applications": ["demo-client"],
                    "clock": ["now": "2026-01-01T00:00:00Z", "frozen": false],
                    "connect_users": 4, "instacart_users": 4, "links": 2,
                ]
            )
        }
    }

    @Test("a deleted retailer is gone with its tokens, and its id and client_id are free again")
    func deletion() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.control(.delete, "/retailers/demo")
            #expect(reply.status == 204)
            #expect(reply.text.isEmpty)
            let shown = try await sandbox.control(.get, "/retailers/demo")
            #expect(shown.errorCode == "retailer_not_found")
            let list = try await sandbox.control(.get, "/retailers")
            #expect(list.json == ["retailers": []])
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.outcome == "any.invalid_token")
            let token = try await sandbox.token(["grant_type": "client_credentials"])
            #expect(token.outcome == "generate_access_token.invalid_client")
            let again = try await sandbox.createRetailer(
                "{id: demo, applications: [{client_id: demo-client, client_secret: demo-secret, redirect_uris: []}]}"
            )
            #expect(again.id == "demo")
            let revived = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(revived.outcome == "any.invalid_token")
        }
    }

    static let routes: [(HTTPRequest.Method, String, JSONValue?)] = [
        (.get, "", nil), (.delete, "", nil), (.get, "/state", nil), (.put, "/state", [:]), (.post, "/reset", nil),
        (.get, "/clock", nil), (.patch, "/clock", ["frozen": true]), (.post, "/clock/advance", ["by": "PT1S"]),
        (.get, "/applications", nil), (.post, "/applications", ["redirect_uris": []]), (.get, "/connect_users", nil),
        (.post, "/connect_users", [:]), (.get, "/instacart_users", nil), (.post, "/instacart_users", [:]),
    ]

    @Test("a retailer that is not there is not found, whatever is asked of it", arguments: Self.routes)
    func unknown(method: HTTPRequest.Method, path: String, body: JSONValue?) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(method, "/retailers/nobody\(path)", json: body)
            #expect(reply.status == 404)
            #expect(reply.errorCode == "retailer_not_found")
            #expect(reply.json["error"]?["path"] == .string("/_sandbox/retailers/nobody\(path)"))
            let list = try await sandbox.control(.get, "/retailers")
            #expect(list.json["retailers"]?.elements.count == 1)
        }
    }

    @Test("an id in a path is percent-decoded")
    func percentEncoding() async throws {
        try await withSandbox { sandbox in
            let retailer = try await sandbox.createRetailer(#"{"id": "a/b ü?"}"#)
            #expect(retailer.id == "a/b ü?")
            let shown = try await sandbox.control(.get, "/retailers/a%2Fb%20%C3%BC%3F")
            #expect(shown.json["id"] == "a/b ü?")
            let deleted = try await sandbox.control(.delete, "/retailers/a%2Fb%20%C3%BC%3F")
            #expect(deleted.status == 204)
        }
    }
}
