import HTTPTypes
import TestSupport
import Testing

@Suite("Creating Connect users")
struct CreateUserTests {
    private func create(_ fields: JSONValue, _ sandbox: Sandbox) async throws -> Reply {
        try await sandbox.send(
            .post,
            "/v2/fulfillment/users",
            bearer: sandbox.fulfillmentToken(),
            json: fields
        )
    }

    @Test("what was given is echoed, with status 200, and what was not is left out")
    func echo() async throws {
        try await withSandbox { sandbox in
            let full: JSONValue = [
                "user_id": "loyal@example.com", "first_name": "zoë", "last_name": "van Dam",
                "phone_number": "800-555-0100",
            ]
            let reply = try await create(full, sandbox)
            #expect(reply.status == 200)
            #expect(reply.json == full)
            #expect(reply.outcome == "create_user.success")
            let short: JSONValue = ["user_id": "short", "first_name": "S"]
            let withExtras = ["user_id": "short", "first_name": "S", "locale": "fr-CA", "unknown": [1]] as JSONValue
            #expect(try await create(withExtras, sandbox).json == short)
        }
    }

    @Test("a whole number as user_id is taken as its digits")
    func integerUserID() async throws {
        try await withSandbox { sandbox in
            let reply = try await create(["user_id": 42, "first_name": "D"], sandbox)
            #expect(reply.json["user_id"] == "42")
        }
    }

    @Test("a user_id is taken once per retailer, and the first user stays as it was")
    func taken() async throws {
        try await withSandbox { sandbox in
            let reply = try await create(["user_id": "johnsmith6000", "first_name": "Other"], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "create_user.user_id_taken")
            #expect(
                reply.json
                    == ["error": ["message": "has already been taken", "code": 1001], "meta": ["key": "user_id"]]
            )
        }
    }

    @Test("an application's clone sees the same users")
    func sharedByClones() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            _ = try await create(["user_id": "shared", "first_name": "S"], sandbox)
            let status = try await sandbox.linkStatus("shared", bearer: sandbox.fulfillmentToken(of: clone))
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("one invalid field is refused in the single form", arguments: invalidFields)
    func invalid(field: InvalidField) async throws {
        try await withSandbox { sandbox in
            var fields: [String: JSONValue] = ["user_id": "fresh", "first_name": "F"]
            fields[field.key] = field.value
            let reply = try await create(.object(fields), sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "create_user.\(field.reason)")
            #expect(
                reply.json == [
                    "error": ["message": .string(field.message), "code": 1001], "meta": ["key": .string(field.key)],
                ]
            )
            let status = try await sandbox.linkStatus("fresh", bearer: sandbox.fulfillmentToken())
            #expect(status.outcome == "get_user_link.user_not_found")
        }
    }

    @Test("two invalid fields are refused in the 9999 form")
    func severalInvalid() async throws {
        try await withSandbox { sandbox in
            let reply = try await create(["first_name": "a/b"], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "create_user.multiple_errors")
            #expect(
                reply.json == [
                    "error": [
                        "message": "There were issues with your request", "code": 9999,
                        "errors": [
                            ["error": ["message": "can't be blank", "code": 1001], "meta": ["key": "user_id"]],
                            ["error": ["message": "is invalid", "code": 1001], "meta": ["key": "first_name"]],
                        ],
                    ],
                    "meta": [:],
                ]
            )
            #expect(
                reply.reason == "The field user_id is missing or blank; a text was expected. "
                    + "The field first_name holds the character /, which names may not."
            )
        }
    }

    struct InvalidField: Sendable {
        let key: String
        let value: JSONValue
        let message: String
        let reason: String
    }

    static let invalidFields: [InvalidField] =
        ["user_id", "first_name"].flatMap { key in
            [nil, "", " \t"].map { (value: JSONValue) in
                InvalidField(key: key, value: value, message: "can't be blank", reason: "\(key)_blank")
            }
        }
        + ["first_name", "last_name"].flatMap { key in
            ["/", ":", "<", ">", "$", "%", "?"].map { character in
                InvalidField(
                    key: key,
                    value: .string("A\(character)"),
                    message: "is invalid",
                    reason: "\(key)_invalid"
                )
            }
        }
        + [
            ("user_id", true), ("user_id", "a\u{0}b"), ("first_name", 1), ("last_name", ["a"]),
            ("phone_number", 8_005_550_100), ("locale", [:]), ("first_name", "a\u{202E}b"),
        ]
        .map { (key: String, value: JSONValue) in
            InvalidField(key: key, value: value, message: "is invalid", reason: "\(key)_invalid")
        }
}
