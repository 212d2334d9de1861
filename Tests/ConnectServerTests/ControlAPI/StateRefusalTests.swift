import ConnectStorage
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("A state document that is refused")
struct StateRefusalTests {
    /// Each with the line and the path of its flaw.
    static let wrong: [(String, Int, String)] = [
        ("id: demo\nname: a: b\n", 2, ""), ("id: demo\ncolour: red\n", 2, "colour"), ("- id: demo\n", 1, ""),
        ("\n{id: demo, name: x, name: y}\n", 2, "name"), ("id: demo\nname: \"a\\0b\"\n", 2, "name"),
        ("clock:\n  now: yesterday\n", 2, "clock.now"), ("clock:\n  offset: P1Y\n", 2, "clock.offset"),
        ("clock:\n  now: 10000-01-01T00:00:00Z\n", 2, "clock.now"),
        ("clock:\n  now: 9999-01-01T00:00:00Z\n", 2, "clock.now"),
        ("clock: {frozen: true,\n  now: 9999-01-01T00:00:00Z}\n", 2, "clock.now"),
        (
            "applications:\n  - {client_id: a, redirect_uris: []}\n  - {client_id: a, redirect_uris: []}\n", 3,
            "applications[1]"
        ),
        (
            "applications: [{client_id: a, redirect_uris: []}]\naccess_tokens:\n  - {token: t, client_id: b, scopes: [], "
                + "created_at: 2026-01-01T00:00:00Z, expires_at: 2026-01-02T00:00:00Z}\n", 3,
            "access_tokens[0].client_id"
        ),
        ("applications:\n  - client_id: x\n", 2, "applications[0]"),
        ("applications:\n  - redirect_uris:\n      - javascript:alert(1)\n", 3, "applications[0].redirect_uris[0]"),
        ("instacart_users:\n  - {id: 1}\n  - {id: 1}\n", 3, "instacart_users[1]"),
        ("instacart_users:\n  - {id: 4611686018427387904}\n  - {}\n", 3, "instacart_users[1]"),
        ("instacart_users:\n  - id: 1\n    email: nobody\n", 3, "instacart_users[0].email"),
        ("connect_users:\n  - {user_id: a}\n  - {user_id: b, active: x}\n", 3, "connect_users[1].active"),
        ("connect_users:\n  - user_id: a\n    linked_to: 7\n", 3, "connect_users[0].linked_to"),
        ("faults:\n  - {outcome: any.nothing}\n", 2, "faults[0].outcome"),
        (
            "{\n  \"id\": \"demo\",\n  \"connect_users\": [{\"user_id\": 1}, {\"user_id\": \"1\"}]\n}", 3,
            "connect_users[1]"
        ),
    ]

    @Test("says in which line and field it is wrong, and changes nothing", arguments: Self.wrong)
    func flaw(document: String, line: Int, path: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.putState(document)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            #expect(reply.errorMessage.contains(path))
            let places = reply.errorMessage.matches(of: /(?::|line )([0-9]+)\b/).map { String($0.1) }
            #expect(places.first == "\(line)", "\(reply.errorMessage)")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test(
        "is none, is another retailer's or several retailers'",
        arguments: [
            "", " \n", "# nothing\n", "null", "demo", "id: other", "retailers: [{id: demo}, {id: b}]",
            "{id: demo, retailers: []}",
        ]
    )
    func notThisRetailers(document: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.putState(document)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("may name the path's retailer")
    func sameID() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.putState("id: demo")
            #expect(reply.status == 200)
            #expect(reply.json["connect_users"] == 0)
        }
    }

    @Test("has another retailer's client_id, which keeps its application, and nothing changes")
    func foreignClientID() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken(of: other)
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.putState(
                "{applications: [{client_id: fresh, redirect_uris: []}, {client_id: other-client, redirect_uris: []}]}"
            )
            #expect(reply.status == 409)
            #expect(reply.errorCode == "client_id_taken")
            let after = try await sandbox.wholeState()
            #expect(after == before)
            let status = try await sandbox.linkStatus("only-other", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test(
        "is of no Content-Type that is read",
        arguments: [
            "text/plain", "text/yaml; charset=utf-8", "application/x-www-form-urlencoded", "application/jsonp",
            "multipart/form-data; boundary=x", "application/xml",
        ]
    )
    func mediaType(type: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            for headers in [["Content-Type": type], [:]] {
                let reply = try await sandbox.send(
                    .put,
                    "/_sandbox/retailers/demo/state",
                    headers: headers,
                    text: "id: demo"
                )
                #expect(reply.status == 415)
                #expect(reply.errorCode == "unsupported_media_type")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test(
        "is read with parameters and any case in its Content-Type",
        arguments: ["Application/YAML; charset=UTF-8", "APPLICATION/JSON"]
    )
    func mediaTypeParameters(type: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .put,
                "/_sandbox/retailers/demo/state",
                headers: ["Content-Type": type],
                text: #"{"id": "demo"}"#
            )
            #expect(reply.status == 200)
        }
    }

    @Test("is not UTF-8", arguments: StateFormat.allCases)
    func encoding(format: StateFormat) async throws {
        try await withSandbox(.live) { sandbox in
            let before = try await sandbox.wholeState()
            let body = Array(#"{"name": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
            let request = rawRequest(
                "PUT",
                "/_sandbox/retailers/demo/state",
                headers: [("Content-Type", format.rawValue), ("Content-Length", "\(body.count)")],
                body: ""
            )
            let reply = try #require(RawReply(try await sandbox.raw(request + body)))
            #expect(reply.status == 400)
            #expect(reply.body.contains("invalid_body"))
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("is over 8 MiB, whether its length is announced or not; the next request is served")
    func tooLarge() async throws {
        try await withSandbox(.live) { sandbox in
            let before = try await sandbox.wholeState()
            let head =
                "PUT /_sandbox/retailers/demo/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/yaml\r\n"
            let chunk = "100000\r\n" + String(repeating: "#", count: 0x100000) + "\r\n"
            let requests = [
                head + "Content-Length: 8388609\r\n\r\n" + String(repeating: "#", count: 8_388_609),
                head + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 9) + "0\r\n\r\n",
            ]
            for request in requests {
                let reply = try #require(RawReply(try await sandbox.raw(request)))
                #expect(reply.status == 413)
                #expect(reply.body.contains("body_too_large"))
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("is read up to 8 MiB")
    func largest() async throws {
        try await withSandbox { sandbox in
            let start = "name: large\n# "
            let document = start + String(repeating: "x", count: StateDocument.maximumSize - start.utf8.count)
            let reply = try await sandbox.putState(document)
            #expect(reply.status == 200)
            #expect(reply.json["name"] == "large")
            let larger = try await sandbox.putState(document + "x")
            #expect(larger.status == 413)
        }
    }
}
