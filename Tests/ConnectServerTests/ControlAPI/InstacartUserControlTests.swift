import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer's Instacart users, from outside")
struct InstacartUserControlTests {
    private static let path = "/retailers/demo/instacart_users"

    @Test("are listed and shown with their membership's end, and with a hash for their password")
    func list() async throws {
        try await withSandbox { sandbox in
            let list = try await sandbox.control(.get, Self.path)
            #expect(list.status == 200)
            let users = list.json["instacart_users"]?.elements ?? []
            #expect(users.map { $0["id"]?.integer } == [1, 2, 3, 4])
            let member = try await sandbox.control(.get, "\(Self.path)/1")
            let hash = try member.string("password_hash")
            #expect(hash.hasPrefix("scrypt$"))
            #expect(
                member.json == [
                    "id": 1, "email": "member@example.com", "phone": "8005550101", "password_hash": .string(hash),
                    "instacartplus_member": true, "expired_at": "2027-01-01T00:00:00Z",
                ]
            )
            let other = try await sandbox.control(.get, "\(Self.path)/2")
            #expect(other.json.names == ["id", "email", "phone", "password_hash", "instacartplus_member"])
            #expect(other.json["instacartplus_member"] == false)
        }
    }

    @Test("are made as they are asked for, and can consent with their password")
    func full() async throws {
        try await withSandbox { sandbox in
            try await sandbox.advance(by: "P31D")
            let reply = try await sandbox.control(
                .post,
                Self.path,
                json: [
                    "id": 9, "email": "nine@example.com", "phone": "9", "password": "open sesame",
                    "instacartplus_member": true, "expires_in": "P1M",
                ]
            )
            #expect(reply.status == 200)
            #expect(reply.json["id"] == 9)
            #expect(reply.json["email"] == "nine@example.com")
            #expect(reply.json["phone"] == "9")
            #expect(reply.json["expired_at"] == "2026-03-01T00:00:00Z")
            #expect(!reply.text.contains("open sesame"))
            var visitor = Visitor(sandbox)
            _ = try await visitor.visit()
            let signedIn = try await visitor.submit("action=sign_in&email=nine%40example.com&password=open+sesame")
            #expect(signedIn.outcome == "authorize.signed_in")
            let code = try await sandbox.code(instacartUser: 9)
            let redeemed = try await sandbox.redeem(code)
            #expect(redeemed.status == 200)
        }
    }

    @Test("need nothing, and are numbered on from the highest there was")
    func empty() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.control(.post, Self.path)
            #expect(first.status == 200)
            #expect(first.json["id"] == 5)
            #expect(first.json["instacartplus_member"] == false)
            try await sandbox.control(.post, Self.path, json: ["id": 20]).succeeded()
            try await sandbox.control(.delete, "\(Self.path)/20").succeeded()
            let next = try await sandbox.control(.post, Self.path, json: [:])
            #expect(next.json["id"] == 21)
            try await sandbox.control(.post, Self.path, json: ["id": 10]).succeeded()
            let bearer = try await sandbox.fulfillmentToken()
            let created = try await sandbox.createInstacartUser("new@example.com", bearer: bearer)
            #expect(created.json == ["id": 22])
        }
    }

    @Test("are given an e-mail address that nobody has, where it is left out")
    func madeUpEmails() async throws {
        try await withSandbox { sandbox in
            try await sandbox.control(.post, Self.path, json: ["email": "USER6@example.com"]).succeeded()
            let second = try await sandbox.control(.post, Self.path)
            #expect(second.status == 200)
            #expect(second.json["id"] == 6)
            #expect(second.json["email"] == "user6-2@example.com")
            try await sandbox.control(.post, Self.path, json: ["email": "user20-2@example.com"]).succeeded()
            try await sandbox.control(.post, Self.path, json: ["email": "user20@example.com"]).succeeded()
            let given = try await sandbox.control(.post, Self.path, json: ["id": 20])
            #expect(given.json["email"] == "user20-3@example.com")
        }
    }

    @Test("are one per e-mail address, but for case, and one per id")
    func conflicts() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            let email = try await sandbox.control(.post, Self.path, json: ["email": "MEMBER@example.com"])
            #expect(email.status == 409)
            #expect(email.errorCode == "email_taken")
            let id = try await sandbox.control(.post, Self.path, json: ["id": 1, "email": "new@example.com"])
            #expect(id.status == 409)
            #expect(id.errorCode == "instacart_user_id_taken")
            let after = try await sandbox.state()
            #expect(after == before)
            let next = try await sandbox.control(.post, Self.path)
            #expect(next.json["id"] == 5)
        }
    }

    @Test("become members for a year of the retailer's time, or as long as is said; the API shows it at once")
    func membership() async throws {
        try await withSandbox { sandbox in
            try await sandbox.advance(by: "P1D")
            let path = "\(Self.path)/2"
            let joined = try await sandbox.control(.patch, path, json: ["instacartplus_member": true])
            #expect(joined.status == 200)
            #expect(joined.json["expired_at"] == "2027-01-02T00:00:00Z")
            try await Self.expect(true, until: "2027-01-02T00:00:00Z", sandbox)
            let shorter = try await sandbox.control(.patch, path, json: ["expires_in": "PT1H"])
            #expect(shorter.json["expired_at"] == "2026-01-02T01:00:00Z")
            try await Self.expect(true, until: "2026-01-02T01:00:00Z", sandbox)
            try await sandbox.advance(by: "PT1H")
            try await Self.expect(false, until: nil, sandbox)
            let renewed = try await sandbox.control(.patch, path, json: ["instacartplus_member": true])
            #expect(renewed.json["expired_at"] == "2027-01-02T01:00:00Z")
            let named = try await sandbox.control(.patch, path, json: ["expired_at": "2028-02-29T12:00:00Z"])
            #expect(named.json["expired_at"] == "2028-02-29T12:00:00Z")
            try await sandbox.control(.patch, path, json: ["instacartplus_member": false]).succeeded()
            try await Self.expect(false, until: nil, sandbox)
            try await sandbox.control(.patch, path, json: ["instacartplus_member": true]).succeeded()
            try await Self.expect(true, until: "2028-02-29T12:00:00Z", sandbox)
        }
    }

    @Test("may be members without an end, and stay so when they are told to be members")
    func endless() async throws {
        try await withSandbox { sandbox in
            let path = "\(Self.path)/2"
            try await sandbox.control(.patch, path, json: ["instacartplus_member": true, "expired_at": nil]).succeeded()
            try await Self.expect(true, until: nil, sandbox)
            try await sandbox.control(.patch, path, json: ["instacartplus_member": true]).succeeded()
            try await Self.expect(true, until: nil, sandbox)
            try await sandbox.advance(by: "P1000Y")
            try await Self.expect(true, until: nil, sandbox)
        }
    }

    @Test("that are deleted are gone with their link, their codes and their tokens")
    func deletion() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code(instacartUser: 2)
            let exchange = try await sandbox.redeem(sandbox.code(instacartUser: 2)).succeeded()
            let reply = try await sandbox.control(.delete, "\(Self.path)/2")
            #expect(reply.status == 204)
            let shown = try await sandbox.control(.get, "\(Self.path)/2")
            #expect(shown.errorCode == "instacart_user_not_found")
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let redeemed = try await sandbox.redeem(code)
            #expect(redeemed.outcome == "generate_access_token.invalid_grant")
            let linkingToken = JSONValue.string(try exchange.string("access_token"))
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_invalid")
        }
    }

    @Test(
        "that the retailer does not have are not found",
        arguments: ["99", "0", "-1", "one", "1.0", "9223372036854775808"]
    )
    func notFound(id: String) async throws {
        try await withSandbox { sandbox in
            for method in [HTTPRequest.Method.get, .patch, .delete] {
                let body: JSONValue? = method == .patch ? ["instacartplus_member": true] : nil
                let reply = try await sandbox.control(method, "\(Self.path)/\(id)", json: body)
                #expect(reply.status == 404)
                #expect(reply.errorCode == "instacart_user_not_found")
            }
        }
    }

    static let wrong: [(HTTPRequest.Method, String, JSONValue)] = [
        (.post, "", ["email": "nobody"]), (.post, "", ["email": "a b@example.com"]), (.post, "", ["id": 0]),
        (.post, "", ["id": -1]), (.post, "", ["id": "one"]), (.post, "", ["password": ""]), (.post, "", ["phone": " "]),
        (.post, "", ["instacartplus_member": 1]), (.post, "", ["express_member": true]), (.post, "", []),
        (.post, "", ["expired_at": "2027-01-01T00:00:00Z", "expires_in": "P1Y"]), (.post, "", ["expires_in": "1 year"]),
        (.post, "", ["password": "x", "password_hash": "y"]), (.patch, "/1", ["expired_at": "tomorrow"]),
        (.patch, "/1", ["expires_in": "-P1Y"]), (.patch, "/1", ["expires_in": 5]),
        (.patch, "/1", ["expired_at": nil, "expires_in": "P1Y"]), (.patch, "/1", ["instacartplus_member": nil]),
        (.patch, "/1", ["email": "new@example.com"]), (.patch, "/1", ["id": 7]), (.patch, "/1", []),
    ]

    @Test("are not made or changed by a body that makes no sense", arguments: wrong)
    func refused(method: HTTPRequest.Method, path: String, body: JSONValue) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.control(method, Self.path + path, json: body)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_body")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    /// What the API says of `linked-inactive`, whom the demo state links to the second Instacart user.
    private static func expect(_ isMember: Bool, until end: String?, _ sandbox: Sandbox) async throws {
        let status = try await sandbox.linkStatus("linked-inactive", bearer: sandbox.fulfillmentToken())
        #expect(status.json["instacartplus_member"] == .bool(isMember))
        #expect(status.json["expired_at"]?.string == end)
    }
}
