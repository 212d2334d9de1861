import ConnectCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("Texts that look like something else")
struct HostileTextTests {
    /// What YAML takes for a value of another kind, or for its own signs.
    private static let ambiguous: [String] = [
        "\"", "'", #"it's "quoted": yes # no comment"#, ": ", "a: b", "a:", ":a", "- ", "- a", "#", "# a", "a #b",
        "null", "Null", "NULL", "~", "yes", "No", "on", "OFF", "true", "False", "y", "n", "1", "-1", "+1", "1.5", "1e3",
        "0x10", "0o17", "017", "1_000", "1:30", ".5", ".inf", "-.INF", ".nan", "2026-01-01", "2026-01-01T00:00:00Z",
        "12:30:45", "=", "<<", "!", "!!str a", "!a", "&a", "*a", "R &b, B *b", "@a", "`a`", "%a", "|", ">", "|-",
        ">+ a",
        "{a: b}", "[a]", "{", "}", "[", "]", ",", "?", "? a", "-", "--", "---", "--- a", "...", "never",
        #"\"#, #"\n"#, #"\u0041"#, #"\ud83d\ude00"#, #"\\ud83d\\ude00"#, #"id: demo\nname: x"#, "/", "</script>",
        "{{a}}", "${a}", "%00",
    ]

    /// What is folded or trimmed, and what Unicode writes in two ways or not at all.
    private static let unusual: [String] = [
        " leading", "trailing ", "  both  ", "two  spaces", "\u{1F600}", "👩‍👩‍👧‍👦 family", "k\u{E4}the", "ka\u{308}the",
        "مرحبا", "שלום",
        "漢字", "a\u{2028}b", "a\u{2029}b", "a\u{A0}b", "a\u{200B}b", "\u{10FFFD}",
        String(repeating: "x", count: 3000),
    ]

    static let texts: [String] =
        ambiguous + unusual + ["long, ", "ü 漢 \u{1F600} "].map { String(repeating: $0, count: 300) + "." }

    private static func document() throws -> String {
        let applications = texts.map { text -> JSONValue in
            [
                "client_id": .string(text), "client_secret": .string(text), "name": .string(text),
                "redirect_uris": ["https://example.org/account/profile"],
            ]
        }
        let instacartUsers = texts.indices.map { index -> JSONValue in
            [
                "id": .number(Double(index + 1)), "email": .string("user\(index)@example.com"),
                "phone": .string(texts[index]),
            ]
        }
        let connectUsers = texts.indices.map { index -> JSONValue in
            let text = JSONValue.string(texts[index])
            return [
                "user_id": text, "first_name": text, "last_name": text, "phone_number": text, "locale": text,
                "linked_to": .number(Double(index + 1)),
            ]
        }
        let fields: [String: JSONValue] = [
            "name": #" it's "quoted": {{#1}} "#, "applications": .array(applications),
            "instacart_users": .array(instacartUsers), "connect_users": .array(connectUsers),
        ]
        return String(decoding: try JSONEncoder().encode(JSONValue.object(fields)), as: UTF8.self)
    }

    @Test(
        "are read from JSON as they are, and are the same in both formats after each of them",
        arguments: StateFormat.allCases
    )
    func roundTrip(format: StateFormat) async throws {
        try await withSandbox { sandbox in
            try await sandbox.putState(try Self.document(), as: .json).succeeded()
            for text in Self.texts {
                _ = try await sandbox.fulfillmentToken(of: TestApplication(clientID: text, clientSecret: text))
                _ = try await sandbox.code(
                    instacartUser: 1,
                    of: TestApplication(clientID: text, clientSecret: text)
                )
            }
            let json = try await sandbox.state(tokens: true)
            let yaml = try await sandbox.state(as: .yaml, tokens: true)
            let exported = try JSONValue(parsing: Data(json.utf8))
            #expect(exported["name"] == #" it's "quoted": {{#1}} "#)
            for (list, field) in [
                ("applications", "client_id"), ("applications", "client_secret"), ("applications", "name"),
                ("instacart_users", "phone"), ("connect_users", "user_id"), ("connect_users", "first_name"),
                ("connect_users", "last_name"), ("connect_users", "phone_number"), ("connect_users", "locale"),
            ] {
                let found = exported[list]?.elements.map { $0[field]?.string ?? "" } ?? []
                #expect(found.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) }, "\(list).\(field)")
            }
            let document = format == .json ? json : yaml
            try await sandbox.putState(document, as: format, tokens: true).succeeded()
            let sameJSON = try await sandbox.state(tokens: true)
            let sameYAML = try await sandbox.state(as: .yaml, tokens: true)
            #expect(sameJSON.isIdentical(to: json))
            #expect(sameYAML.isIdentical(to: yaml))
        }
    }

    @Test(
        "that the API takes, a state document takes back",
        arguments: [
            "\u{FEFF}a", "a\u{FFFE}b", "a\u{FFFF}b", "a\u{1FFFF}b", "a\u{E000}b", "a\u{200E}b", "\u{2028}a\u{2028}",
        ],
        StateFormat.allCases
    )
    func takenByTheAPI(text: String, format: StateFormat) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let created = try await sandbox.createUser(text, firstName: text, bearer: bearer)
            let first = try await sandbox.state(as: format)
            let reply = try await sandbox.putState(first, as: format)
            #expect(reply.status == 200, "\(created.status): \(reply.errorMessage)")
            let second = try await sandbox.state(as: format)
            #expect(second.isIdentical(to: first))
        }
    }

    @Test("are found by their path, percent-encoded, and by nothing that only looks like them")
    func paths() async throws {
        try await withSandbox { sandbox in
            try await sandbox.putState(try Self.document(), as: .json).succeeded()
            for text in Self.texts where text.utf8.count < 1000 {
                let encoded = text.utf8.map { "%\($0.hex)" }.joined()
                let user = try await sandbox.control(.get, "/retailers/demo/connect_users/\(encoded)")
                #expect(user.json["user_id"]?.string?.isIdentical(to: text) == true, "\(text)")
                let application = try await sandbox.control(.get, "/retailers/demo/applications/\(encoded)")
                #expect(application.json["client_id"]?.string?.isIdentical(to: text) == true, "\(text)")
            }
            let unknown = try await sandbox.control(.get, "/retailers/demo/connect_users/kathe")
            #expect(unknown.errorCode == "connect_user_not_found")
        }
    }

    @Test(
        "with a NUL, or that are not UTF-8, name nobody in a path",
        arguments: [
            "/demo%00", "/demo%00x", "/demo/connect_users/johnsmith6000%00", "/demo/connect_users/%00",
            "/demo/applications/demo-client%00x", "/demo/instacart_users/1%00", "/demo/instacart_users/%31%2e0",
            "/demo/connect_users/%FF", "/%FF",
        ]
    )
    func noOne(path: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            for method in [HTTPRequest.Method.get, .delete] {
                let reply = try await sandbox.control(method, "/retailers\(path)")
                #expect(reply.status == 404)
                #expect(reply.errorCode?.hasSuffix("_not_found") == true)
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }
}
