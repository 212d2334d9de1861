import ConnectCore
import ConnectStorage
import Foundation
import Testing

@Suite("State document")
struct StateDocumentTests {
    static func document(_ text: String) throws -> StateDocument {
        try StateDocument(parsing: text, source: "state.yaml")
    }

    @Test("the built-in demo is fixtures/states/demo.yaml")
    func fixture() throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "fixtures/states/demo.yaml"), encoding: .utf8)

        #expect(try StateDocument.demo() == Self.document(text))
    }

    @Test("the demo has the retailer, application and users that are promised")
    func demo() throws {
        let promised = """
            {
              "id": "demo",
              "name": "Demo Grocer",
              "applications": [{
                "client_id": "demo-client", "client_secret": "demo-secret", "name": "Demo Grocer website",
                "enabled": true, "scopes": ["connect:fulfillment", "connect:post_checkout", "account_linking"],
                "redirect_uris": ["http://localhost/demo/account/profile", "https://example.org/account/profile"]
              }],
              "instacart_users": [
                {"id": 1, "email": "member@example.com", "phone": "8005550101", "password": "password",
                 "instacartplus_member": true, "expires_in": "P1Y"},
                {"id": 2, "email": "nonmember@example.com", "phone": "8005550102", "password": "password"},
                {"id": 3, "email": "unlinked-member@example.com", "phone": "8005550103", "password": "password",
                 "instacartplus_member": true, "expires_in": "P1Y"},
                {"id": 4, "email": "unlinked-nonmember@example.com", "phone": "8005550104", "password": "password"}
              ],
              "connect_users": [
                {"user_id": "1990ad78-9f7a-4302-95cb-f70fe03b6b04", "first_name": "Maria", "last_name": "Member",
                 "phone_number": "800-555-0101", "linked_to": 1},
                {"user_id": "linked-inactive", "first_name": "Nora", "last_name": "Nonmember",
                 "phone_number": "800-555-0102", "linked_to": 2},
                {"user_id": "johnsmith6000", "first_name": "John", "last_name": "Smith",
                 "phone_number": "800-555-0100", "locale": "en-US"},
                {"user_id": "not-active", "first_name": "Nick", "last_name": "Notactive",
                 "phone_number": "800-555-0103", "active": false}
              ]
            }
            """

        #expect(try StateDocument.demo() == Self.document(promised))
    }

    @Test("YAML and JSON say the same")
    func json() throws {
        let yaml = """
            id: shop
            clock: {now: 2026-01-01T00:00:00Z, frozen: true}
            applications:
              - client_id: shop-client
                redirect_uris:
                  - https://example.org/cb
            instacart_users:
              - {id: 7, email: anna@example.com, phone: 8005550101}
            connect_users:
              - user_id: anna
                linked_to: 7
            faults: []
            """
        let json = #"""
            {"connect_users": [{"linked_to": 7, "user_id": "anna"}], "faults": [],
             "instacart_users": [{"phone": "8005550101", "id": "7", "email": "anna@example.com"}],
             "applications": [{"redirect_uris": ["https:\/\/example.org\/cb"], "client_id": "shop-client"}],
             "clock": {"frozen": true, "now": "2026-01-01T00:00:00Z"}, "id": "shop"}
            """#

        #expect(try Self.document(yaml) == Self.document(json))
    }

    @Test("JSON may write characters beyond the Basic Multilingual Plane in two escapes, as JSON does")
    func surrogates() throws {
        let document = try Self.document(#"{"name": "\ud83d\ude00"}"#)

        #expect(document.retailers.map(\.name) == ["\u{1F600}"])
    }

    @Test("several retailers come in their order; one alone or in a list is the same")
    func several() throws {
        let document = try Self.document("retailers:\n  - {id: b, name: Baker}\n  - {id: a}\n  - {}\n")

        #expect(document.retailers.map(\.id) == [RetailerID(rawValue: "b"), RetailerID(rawValue: "a"), nil])
        #expect(document.retailers.map(\.name) == ["Baker", nil, nil])
        #expect(try Self.document("retailers: [{id: a}]") == Self.document("id: a"))
        #expect(try Self.document("retailers: []").retailers.isEmpty)
    }

    @Test("everything may be left out or null")
    func minimal() throws {
        let document = try Self.document("{}")
        let retailer = try #require(document.retailers.first)

        #expect(document.retailers.count == 1)
        #expect(retailer.id == nil)
        #expect(retailer.name == nil)
        #expect(retailer.clock == nil)
        #expect(retailer.applications == nil)
        #expect(retailer.instacartUsers.isEmpty)
        #expect(retailer.connectUsers.isEmpty)
        #expect(try document == Self.document("id:\nname: ~\nclock: null\napplications:\nconnect_users:\nfaults:\n"))
    }

    @Test("an application has the three scopes and is enabled, unless it is said otherwise")
    func applicationDefaults() throws {
        let short = try Self.document("applications: [{redirect_uris: [https://example.org/cb]}]")
        let long = try Self.document(
            """
            applications:
              - redirect_uris: [https://example.org/cb]
                enabled: true
                scopes: [connect:fulfillment, connect:post_checkout, account_linking]
            """
        )
        let other = try Self.document(
            "applications: [{redirect_uris: [https://example.org/cb], enabled: false, scopes: []}]"
        )

        #expect(short == long)
        #expect(short != other)
    }

    @Test("an Instacart user has the next id, an address and a password, unless it is said otherwise")
    func instacartUserDefaults() throws {
        let short = try Self.document("instacart_users: [{}, {id: 5}, {}]")
        let long = try Self.document(
            """
            instacart_users:
              - {id: 1, email: user1@example.com, phone: "8005550100", password: password, instacartplus_member: false}
              - {id: 5, email: user5@example.com, phone: "8005550100", password: password}
              - {id: 6, email: user6@example.com, phone: "8005550100", password: password}
            """
        )

        #expect(short == long)
    }

    @Test("an e-mail address that is made up is none that the document has before it")
    func madeUpEmails() throws {
        let short = try Self.document(
            "instacart_users: [{id: 7, email: USER8@example.com}, {id: 9, email: user8-2@example.com}, {id: 8}, {}]"
        )
        let long = try Self.document(
            """
            instacart_users:
              - {id: 7, email: USER8@example.com}
              - {id: 9, email: user8-2@example.com}
              - {id: 8, email: user8-3@example.com}
              - {id: 10, email: user10@example.com}
            """
        )

        #expect(short == long)
    }

    @Test("a member without an end is one for a year")
    func memberDefault() throws {
        let short = try Self.document("instacart_users: [{instacartplus_member: true}]")

        #expect(
            try short == Self.document("instacart_users: [{instacartplus_member: true, expires_in: P1Y}]")
        )
        #expect(
            try short != Self.document("instacart_users: [{instacartplus_member: true, expires_in: P2Y}]")
        )
    }

    @Test("a Connect user has an id and a first name and is active, unless it is said otherwise")
    func connectUserDefaults() throws {
        let short = try Self.document("connect_users: [{}, {user_id: anna}, {}]")
        let long = try Self.document(
            """
            connect_users:
              - {user_id: user-1, first_name: Sandbox, active: true}
              - {user_id: anna, first_name: Sandbox}
              - {user_id: user-3, first_name: Sandbox}
            """
        )

        #expect(short == long)
    }

    @Test("a clock may name its time, and stand")
    func clock() throws {
        let running = try #require(
            try Self.document("clock: {now: 2021-06-30T02:00:00.5+02:00}").retailers.first
        )
        let frozen = try #require(try Self.document("clock: {frozen: true}").retailers.first)

        #expect(running.clock?.now == Instant(millisecondsSinceEpoch: 1_625_011_200_500))
        #expect(running.clock?.isFrozen == false)
        #expect(frozen.clock?.now == nil)
        #expect(frozen.clock?.isFrozen == true)
    }

    @Test(
        "a running clock may be ahead of the real one or behind it",
        arguments: [
            ("PT25H", 90_000_000), ("-PT0.5S", -500), ("P2DT1.25S", 172_801_250), ("P2555000D", 220_752_000_000_000),
        ] as [(String, Int64)]
    )
    func offset(text: String, milliseconds: Int64) throws {
        let state = try #require(try Self.document("clock: {offset: \(text)}").retailers.first)
        let again = try Self.document(state.document.yaml()).retailers.first

        #expect(state.clock?.offset == milliseconds)
        #expect(again == state)
    }

    @Test("a number and the text of its digits are the same, where a text is due")
    func numbers() throws {
        #expect(
            try Self.document("id: 5\nconnect_users: [{user_id: 6000, phone_number: 8005550100}]\n")
                == Self.document(#"{"id": "5", "connect_users": [{"user_id": "6000", "phone_number": "8005550100"}]}"#)
        )
    }

    @Test("the order of the fields does not matter to links")
    func order() throws {
        #expect(
            try Self.document("connect_users: [{user_id: anna, linked_to: 1}]\ninstacart_users: [{id: 1}]\n")
                == Self.document("instacart_users: [{id: 1}]\nconnect_users: [{user_id: anna, linked_to: 1}]\n")
        )
    }
}
