import HTTPTypes
import TestSupport
import Testing

@Suite("Creating Instacart users")
struct InstacartUserTests {
    private func create(_ changes: [String: JSONValue], _ sandbox: Sandbox) async throws -> Reply {
        let fields: [String: JSONValue] = ["email": "new@example.com", "phone": "8005550101", "password": "pw"]
        return try await sandbox.send(
            .post,
            "/v2/fulfillment_sandbox/instacart_users",
            bearer: sandbox.fulfillmentToken(),
            json: .object(fields.merging(changes) { _, given in given })
        )
    }

    @Test("ids count up, and phones may be shared or be numbers")
    func ids() async throws {
        try await withSandbox { sandbox in
            let first = try await create([:], sandbox)
            #expect(first.json == ["id": 5])
            let second = try await create(["email": "b@example.com", "phone": 8_005_550_101], sandbox)
            #expect(second.json == ["id": 6])
        }
    }

    @Test(
        "either flag makes a member for one year",
        arguments: [["instacartplus_member": true], ["express_member": true]] as [[String: JSONValue]]
    )
    func membership(flag: [String: JSONValue]) async throws {
        try await withSandbox { sandbox in
            _ = try await create(flag, sandbox)
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: 5))
            _ = try await sandbox.link("johnsmith6000", token, bearer: bearer)
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.json["expired_at"] == "2027-01-01T00:00:00Z")
        }
    }

    @Test("an e-mail address is taken without regard to case, and a refused create uses no id up")
    func emailTaken() async throws {
        try await withSandbox { sandbox in
            let reply = try await create(["email": "MEMBER@Example.com"], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "create_instacart_user.email_taken")
            #expect(
                reply.json == [
                    "error": ["message": "An account already exists with this email", "code": 1001],
                    "meta": ["key": "email"],
                ]
            )
            #expect(try await create([:], sandbox).json == ["id": 5])
        }
    }

    @Test(
        "an invalid field is refused in the single form",
        arguments: [
            ("email", nil, "can't be blank", "email_blank"), ("email", 1, "is invalid", "email_mistyped"),
            ("email", "nonsense", "Invalid email", "email_invalid"),
            ("email", "a@b@c", "Invalid email", "email_invalid"),
            ("phone", "", "can't be blank", "phone_blank"), ("phone", [1], "is invalid", "phone_invalid"),
            ("password", " ", "can't be blank", "password_blank"), ("password", 1, "is invalid", "password_invalid"),
            ("express_member", "true", "is invalid", "express_member_invalid"),
            ("instacartplus_member", 1, "is invalid", "instacartplus_member_invalid"),
        ] as [(String, JSONValue, String, String)]
    )
    func invalid(key: String, value: JSONValue, message: String, reason: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await create([key: value], sandbox)
            #expect(reply.status == 400)
            #expect(reply.outcome == "create_instacart_user.\(reason)")
            #expect(
                reply.json == ["error": ["message": .string(message), "code": 1001], "meta": ["key": .string(key)]]
            )
        }
    }

    @Test("an empty object has three errors")
    func empty() async throws {
        try await withSandbox { sandbox in
            let reply = try await create(["email": nil, "phone": nil, "password": nil], sandbox)
            #expect(reply.outcome == "create_instacart_user.multiple_errors")
            #expect(reply.json["error"]?["code"] == 9999)
        }
    }
}
