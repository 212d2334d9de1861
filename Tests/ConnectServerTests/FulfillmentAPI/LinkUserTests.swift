import HTTPTypes
import TestSupport
import Testing

@Suite("Linking")
struct LinkUserTests {
    private func error(_ message: String, key: String = "linking_token") -> JSONValue {
        ["error": ["message": .string(message), "code": 1001], "meta": ["key": .string(key)]]
    }

    @Test("the user is looked for before the token, so that an unknown one can be created and the call repeated")
    func userFirst() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.link("nobody", nil, bearer: sandbox.fulfillmentToken())
            #expect(reply.status == 400)
            #expect(reply.json == error("User Not Found", key: "user_id"))
            #expect(reply.outcome == "link_user.user_not_found")
        }
    }

    @Test("a missing, null or blank linking token cannot be blank", arguments: [nil, "", "  "] as [JSONValue])
    func blank(token: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.link("johnsmith6000", token, bearer: sandbox.fulfillmentToken())
            #expect(reply.status == 400)
            #expect(reply.json == error("can't be blank"))
            #expect(reply.outcome == "link_user.linking_token_blank")
        }
    }

    @Test("a linking token that is no string is invalid", arguments: [1, true, ["a"]] as [JSONValue])
    func mistyped(token: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.link("johnsmith6000", token, bearer: sandbox.fulfillmentToken())
            #expect(reply.json == error("is invalid"))
            #expect(reply.outcome == "link_user.linking_token_mistyped")
        }
    }

    @Test("an unknown token, or a token without account_linking, is no linking token")
    func invalid() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let unknown = try await sandbox.link("johnsmith6000", "unknown", bearer: bearer)
            #expect(unknown.json == error("Linking token is invalid"))
            #expect(unknown.outcome == "link_user.linking_token_invalid")
            let wrongScope = try await sandbox.link("johnsmith6000", .string(bearer), bearer: bearer)
            #expect(wrongScope.json == error("Linking token is invalid"))
            #expect(wrongScope.outcome == "link_user.linking_token_wrong_scope")
        }
    }

    @Test("a linking token is good for a day and then expired")
    func expired() async throws {
        try await withSandbox { sandbox in
            let token = JSONValue.string(try await sandbox.linkingToken())
            sandbox.environment.advance(seconds: 86_400)
            let reply = try await sandbox.link("johnsmith6000", token, bearer: sandbox.fulfillmentToken())
            #expect(reply.json == error("Linking token is invalid"))
            #expect(reply.outcome == "link_user.linking_token_expired")
        }
    }

    @Test("linking the same pair again succeeds and changes nothing")
    func again() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken())
            #expect(try await sandbox.link("johnsmith6000", token, bearer: bearer).outcome == "link_user.success")
            let again = try await sandbox.link("johnsmith6000", token, bearer: bearer)
            #expect(again.status == 200)
            #expect(again.json == ["success": true])
            #expect(again.outcome == "link_user.success_already_linked")
        }
    }

    @Test("an Instacart user is linked to one Connect user only; the refused link does not use the token up")
    func instacartUserTaken() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: 1))
            #expect(try await sandbox.link("johnsmith6000", token, bearer: bearer).status == 200)
            let refused = try await sandbox.link("janedoe", token, bearer: bearer)
            #expect(refused.status == 400)
            #expect(
                refused.json
                    == error("Validation failed: Common identities can only have one user per isolation context")
            )
            #expect(refused.outcome == "link_user.instacart_user_already_linked")
            #expect(try await sandbox.linkStatus("janedoe", bearer: bearer).outcome == "get_user_link.user_not_linked")
            #expect(try await sandbox.link("johnsmith6000", token, bearer: bearer).status == 200)
        }
    }

    @Test("a Connect user is linked to one Instacart user only")
    func connectUserTaken() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: 3))
            let refused = try await sandbox.link("linked-inactive", token, bearer: bearer)
            #expect(refused.status == 400)
            #expect(
                refused.json
                    == error("Validation failed: Common identities can only have one user per isolation context")
            )
            #expect(refused.outcome == "link_user.connect_user_already_linked")
        }
    }

    @Test("a clone's linking token is good for the original")
    func clones() async throws {
        try await withSandbox(state: twoApplications) { sandbox in
            let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: 1, of: clone))
            let reply = try await sandbox.link("johnsmith6000", token, bearer: sandbox.fulfillmentToken())
            #expect(reply.status == 200)
        }
    }

    @Test("user ids in paths are percent-decoded", arguments: ["ann@example.com", "a/b c", "käthe", "50%", "?x#y"])
    func percentEncoding(userID: String) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let created = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                json: ["user_id": .string(userID), "first_name": "A"]
            )
            #expect(created.status == 200)
            let encoded = userID.utf8.map { "%\($0 < 16 ? "0" : "")\(String($0, radix: 16))" }.joined()
            let status = try await sandbox.linkStatus(encoded, bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }
}
