import ConnectStorage
import Testing

@Suite("Errors in state documents")
struct StateDocumentErrorTests {
    static func error(in text: String) throws -> StateDocumentError {
        try #require(throws: StateDocumentError.self) { try StateDocument(parsing: text, source: "state.yaml") }
    }

    static let date = "a date such as 2026-01-01T00:00:00Z"
    static let scopes = """
        connect:fulfillment, connect:post_checkout, account_linking, Connect::Orders::RatingService, \
        connect:recommendations, connect:compliance, connect:ian, connect:data_ingestion
        """
    static let retailerFields =
        "id, name, clock, applications, instacart_users, connect_users, faults, "
        + "authorization_codes, access_tokens"

    static let structure: [(String, String)] = [
        ("", "state.yaml: is empty"),
        ("\n# nothing\n", "state.yaml: is empty"),
        ("- id: demo\n", "state.yaml:1: must be an object with fields"),
        ("demo\n", "state.yaml:1: must be an object with fields"),
        (
            "id: demo\nname: a: b\n",
            "state.yaml:2: is not YAML: mapping values are not allowed in this context"
        ),
        (#"{"id": "demo""#, "state.yaml:2: is not YAML: did not find expected ',' or '}'"),
        ("instacart_users:\n  - {id: 1, id: 2}\n", "state.yaml:2: repeats the field “id”"),
        (
            "# a comment\nid: demo\ncolour: red\n",
            "state.yaml:3: has no field “colour”; the fields are \(retailerFields), retailers"
        ),
        ("ID: demo\n", "state.yaml:1: has no field “ID”; the fields are \(retailerFields), retailers"),
        (
            "id: demo\nretailers: []\n",
            "state.yaml:1: must have either retailers or the fields of one retailer"
        ),
        ("retailers: demo\n", "state.yaml:1: retailers: must be a list"),
        ("retailers:\n  - demo\n", "state.yaml:2: retailers[0]: must be an object with fields"),
        (
            "retailers:\n  - id: a\n  - id: b\n    colour: red\n",
            "state.yaml:4: retailers[1]: has no field “colour”; the fields are \(retailerFields)"
        ),
        (
            "retailers:\n  - id: a\n  - retailers: []\n",
            "state.yaml:3: retailers[1]: has no field “retailers”; the fields are \(retailerFields)"
        ),
        ("name: [Demo]\n", "state.yaml:1: name: must be a text"),
        ("name: {a: b}\n", "state.yaml:1: name: must be a text"),
        ("name: ' '\n", "state.yaml:1: name: must not be blank"),
        ("name: \"a\\tb\"\n", "state.yaml:1: name: must not hold control characters"),
        ("clock: real\n", "state.yaml:1: clock: must be an object with fields"),
        ("clock: {speed: 2}\n", "state.yaml:1: clock: has no field “speed”; the fields are now, offset, frozen"),
        ("clock:\n  now: yesterday\n", "state.yaml:2: clock.now: must be \(date), not “yesterday”"),
        ("clock: {frozen: 1}\n", "state.yaml:1: clock.frozen: must be true or false"),
        (
            "clock:\n  frozen: true\n  now: 9999-01-01T00:00:00Z\n",
            "state.yaml:3: clock.now: is out of range: a clock shows dates from 1583 to 9998"
        ),
        ("faults: none\n", "state.yaml:1: faults: must be a list"),
    ]

    @Test("what is wrong with the document or its retailers is told with its place", arguments: Self.structure)
    func misplaced(_ text: String, _ description: String) throws {
        #expect(try Self.error(in: text).description == description)
    }

    static let applications: [(String, String)] = [
        ("applications: demo\n", "state.yaml:1: applications: must be a list"),
        ("applications:\n  - demo\n", "state.yaml:2: applications[0]: must be an object with fields"),
        (
            "applications:\n  - client_id: shop\n",
            "state.yaml:2: applications[0]: must have the field redirect_uris"
        ),
        (
            "applications:\n  - redirect_uris: https://example.org/cb\n",
            "state.yaml:2: applications[0].redirect_uris: must be a list"
        ),
        (
            "applications:\n  - redirect_uris:\n      - https://example.org/cb\n      - /account/profile\n",
            """
            state.yaml:4: applications[0].redirect_uris[1]: must be an absolute address without fragment, \
            not “/account/profile”
            """
        ),
        (
            "applications:\n  - redirect_uris: ['https://example.org/cb#top']\n",
            """
            state.yaml:2: applications[0].redirect_uris[0]: must be an absolute address without fragment, \
            not “https://example.org/cb#top”
            """
        ),
        (
            "applications:\n  - redirect_uris: [https://example.org/cb]\n    enabled: maybe\n",
            "state.yaml:3: applications[0].enabled: must be true or false"
        ),
        (
            "applications:\n  - redirect_uris: [https://example.org/cb]\n    scopes: connect:fulfillment\n",
            "state.yaml:3: applications[0].scopes: must be a list"
        ),
        (
            "applications:\n  - redirect_uris: [https://example.org/cb]\n    scopes: [connect:fulfilment]\n",
            "state.yaml:3: applications[0].scopes[0]: must be one of \(scopes), not “connect:fulfilment”"
        ),
        (
            "applications:\n  - redirect_uris: [https://example.org/cb]\n    client_secret: ''\n",
            "state.yaml:3: applications[0].client_secret: must not be blank"
        ),
        (
            "applications:\n  - {client_id: a, redirect_uris: []}\n  - {redirect_uris: []}\n"
                + "  - {client_id: a, redirect_uris: []}\n",
            "state.yaml:4: applications[2]: repeats the client_id a"
        ),
        (
            "applications:\n  - redirect_uris: [https://example.org/cb]\n    colour: red\n",
            """
            state.yaml:3: applications[0]: has no field “colour”; \
            the fields are client_id, client_secret, name, enabled, scopes, redirect_uris
            """
        ),
    ]

    @Test("what is wrong with an application is told with its place", arguments: Self.applications)
    func application(_ text: String, _ description: String) throws {
        #expect(try Self.error(in: text).description == description)
    }

    static let instacartUsers: [(String, String)] = [
        ("{id: 1, email: nobody}", "[0].email: must be an e-mail address, not “nobody”"),
        ("{id: 0}", "[0].id: must be a positive whole number, not “0”"),
        ("{id: -1}", "[0].id: must be a positive whole number, not “-1”"),
        (
            "{id: 9223372036854775806}",
            "[0].id: must be a positive whole number, not “9223372036854775806”"
        ),
        ("{id: one}", "[0].id: must be a positive whole number, not “one”"),
        (
            "{id: 9223372036854775807}",
            "[0].id: must be a positive whole number, not “9223372036854775807”"
        ),
        ("{password: x, password_hash: y}", "[0]: must have either password or password_hash"),
        ("{password: ''}", "[0].password: must not be blank"),
        ("{password_hash: sesame}", "[0].password_hash: must be a scrypt hash"),
        ("{instacartplus_member: 1}", "[0].instacartplus_member: must be true or false"),
        ("{expires_in: 1Y}", "[0].expires_in: must be a duration such as P1Y, not “1Y”"),
        ("{expires_in: P-1Y}", "[0].expires_in: must be a duration such as P1Y, not “P-1Y”"),
        ("{expired_at: tomorrow}", "[0].expired_at: must be \(date), not “tomorrow”"),
        ("{expired_at: 2026-01-01}", "[0].expired_at: must be \(date), not “2026-01-01”"),
        (
            "{expired_at: 2026-01-01T00:00:00Z, expires_in: P1Y}",
            "[0]: must have either expired_at or expires_in"
        ),
        (
            "{name: Anna}",
            """
            [0]: has no field “name”; the fields are id, email, phone, password, password_hash, \
            instacartplus_member, expired_at, expires_in
            """
        ),
    ]

    @Test("what is wrong with an Instacart user is told with its place", arguments: Self.instacartUsers)
    func instacartUser(_ user: String, _ description: String) throws {
        let error = try Self.error(in: "id: demo\ninstacart_users:\n  - \(user)\n")

        #expect(error.description == "state.yaml:3: instacart_users" + description)
    }

    @Test("an Instacart user without an id, after the largest there is, is told with their place")
    func largestID() throws {
        let error = try Self.error(in: "instacart_users:\n  - {id: 4611686018427387904}\n  - {email: b@example.com}\n")

        #expect(error.description == "state.yaml:3: instacart_users[1]: comes after the largest id")
    }

    @Test("two e-mail addresses that differ in case only are told with the second's place")
    func emails() throws {
        let error = try Self.error(
            in: "instacart_users:\n  - {id: 1, email: member@example.com}\n  - {id: 2, email: MEMBER@example.com}\n"
        )

        #expect(
            error.description
                == "state.yaml:3: instacart_users[1]: repeats the e-mail address MEMBER@example.com"
        )
    }

    @Test("an id twice is told with the second's place")
    func ids() throws {
        let error = try Self.error(in: "instacart_users:\n  - {id: 1}\n  - {id: 01, email: other@example.com}\n")

        #expect(error.description == "state.yaml:3: instacart_users[1]: repeats the id 1")
    }

    static let connectUsers: [(String, String)] = [
        ("- {user_id: ''}", "state.yaml:4: connect_users[0].user_id: must not be blank"),
        ("- {active: x}", "state.yaml:4: connect_users[0].active: must be true or false"),
        (
            "- {user_id: anna, linked_to: x}",
            "state.yaml:4: connect_users[0].linked_to: must be a positive whole number, not “x”"
        ),
        (
            "- user_id: anna\n    linked_to: 7",
            "state.yaml:5: connect_users[0].linked_to: names the Instacart user 7, whom the document does not have"
        ),
        (
            "- {user_id: anna, linked_to: 1}\n  - {user_id: ben, linked_to: 1}",
            "state.yaml:5: connect_users[1].linked_to: names the Instacart user 1, who is linked to anna already"
        ),
        (
            "- {user_id: anna}\n  - {user_id: ben}\n  - {user_id: anna}",
            "state.yaml:6: connect_users[2]: repeats the user_id anna"
        ),
        (
            "- {id: anna}",
            """
            state.yaml:4: connect_users[0]: has no field “id”; \
            the fields are user_id, first_name, last_name, phone_number, locale, active, linked_to
            """
        ),
    ]

    @Test("what is wrong with a Connect user or a link is told with its place", arguments: Self.connectUsers)
    func connectUser(_ users: String, _ description: String) throws {
        let error = try Self.error(in: "instacart_users:\n  - {id: 1}\nconnect_users:\n  \(users)\n")

        #expect(error.description == description)
    }

    static let owners: [(String, String)] = [
        (
            """
            access_tokens:
              - {token: t, client_id: b, scopes: [], created_at: 2026-01-01T00:00:00Z, expires_at: 2026-01-02T00:00:00Z}
            """,
            "access_tokens[0].client_id"
        ),
        (
            """
            authorization_codes:
              - {code: c, client_id: b, instacart_user_id: 1, redirect_uri: "https://example.org/cb", scopes: [],
                 expires_at: 2026-01-01T00:10:00Z}
            """,
            "authorization_codes[0].client_id"
        ),
    ]

    @Test("a code or a token of an application that is not there is told with its place", arguments: Self.owners)
    func owner(_ fields: String, _ path: String) throws {
        let users = "instacart_users: [{id: 1}]\n"
        let error = try Self.error(in: "applications: [{client_id: a, redirect_uris: []}]\n\(users)\(fields)\n")

        #expect(
            error.description == "state.yaml:4: \(path): names the application b, which the document does not have"
        )
    }

    @Test("an error has its source, line, path and reason apart")
    func parts() throws {
        let error = try Self.error(in: "applications:\n  - redirect_uris: [nowhere]\n")

        #expect(error.source == "state.yaml")
        #expect(error.line == 2)
        #expect(error.path == "applications[0].redirect_uris[0]")
        #expect(error.reason == "must be an absolute address without fragment, not “nowhere”")
    }

    @Test("no password or secret is in an error", arguments: ["password: [hunter2]", "password: \"hunter2\\t\""])
    func secrecy(_ field: String) throws {
        let error = try Self.error(in: "instacart_users:\n  - {\(field)}\n")

        #expect(error.description.contains("hunter2") == false)
    }

    @Test("a text of any length is refused at once, and not told whole")
    func length() throws {
        let start = ContinuousClock.now
        let error = try Self.error(in: "clock: {offset: P\(String(repeating: "1", count: 80_000))}\n")
        let time = ContinuousClock.now - start

        #expect(error.path == "clock.offset")
        #expect(error.description.count < 300)
        #expect(time < .seconds(20))
    }

    @Test("lists that are nested 10,000 deep are an error")
    func deep() throws {
        let text = "name: " + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)

        #expect(throws: StateDocumentError.self) { try StateDocument(parsing: text, source: "state.yaml") }
    }
}
