import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer's Connect users, from outside")
struct ConnectUserControlTests {
    private static let path = "/retailers/demo/connect_users"

    @Test("are listed and shown with whom they are linked to; what is not there is left out")
    func list() async throws {
        try await withSandbox { sandbox in
            let list = try await sandbox.control(.get, Self.path)
            #expect(list.status == 200)
            let users = list.json["connect_users"]?.elements ?? []
            #expect(
                users.map { $0["user_id"]?.string } == [
                    "1990ad78-9f7a-4302-95cb-f70fe03b6b04", "linked-inactive", "johnsmith6000", "not-active",
                ]
            )
            let shown = try await sandbox.control(.get, "\(Self.path)/johnsmith6000")
            #expect(
                shown.json == [
                    "user_id": "johnsmith6000", "first_name": "John", "last_name": "Smith",
                    "phone_number": "800-555-0100", "locale": "en-US", "active": true,
                ]
            )
            let linked = try await sandbox.control(.get, "\(Self.path)/linked-inactive")
            #expect(linked.json["linked_to"] == 2)
            let inactive = try await sandbox.control(.get, "\(Self.path)/not-active")
            #expect(inactive.json["active"] == false)
        }
    }

    @Test("are made as they are asked for, linked where they are to be")
    func full() async throws {
        try await withSandbox { sandbox in
            let fields: JSONValue = [
                "user_id": "ann@example.com", "first_name": "Ann", "last_name": "Lee", "phone_number": "1",
                "locale": "fr-CA", "active": true, "linked_to": 3,
            ]
            let reply = try await sandbox.control(.post, Self.path, json: fields)
            #expect(reply.status == 200)
            #expect(reply.json == fields)
            let status = try await sandbox.linkStatus("ann@example.com", bearer: sandbox.fulfillmentToken())
            #expect(status.json["instacartplus_member"] == true)
        }
    }

    @Test("need nothing: two made from nothing are two, and the API finds them", arguments: [nil, [:]] as [JSONValue?])
    func empty(body: JSONValue?) async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.control(.post, Self.path, json: body).succeeded()
            let second = try await sandbox.control(.post, Self.path, json: body).succeeded()
            let (one, two) = (try first.string("user_id"), try second.string("user_id"))
            #expect(one != two)
            #expect(first.json.names == ["user_id", "first_name", "active"])
            let status = try await sandbox.linkStatus(one, bearer: sandbox.fulfillmentToken())
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("are one per user_id, whether the API or a test suite made the first")
    func taken() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.createUser("ann", bearer: bearer).succeeded()
            for userID in ["johnsmith6000", "ann"] {
                let reply = try await sandbox.control(
                    .post,
                    Self.path,
                    json: ["user_id": .string(userID), "first_name": "Other"]
                )
                #expect(reply.status == 409)
                #expect(reply.errorCode == "user_id_taken")
            }
            let shown = try await sandbox.control(.get, "\(Self.path)/johnsmith6000")
            #expect(shown.json["first_name"] == "John")
            try await sandbox.control(.post, Self.path, json: ["user_id": "ben"]).succeeded()
            let created = try await sandbox.createUser("ben", bearer: bearer)
            #expect(created.outcome == "create_user.user_id_taken")
        }
    }

    @Test("that are to be linked to nobody, or to somebody's, are not made")
    func badLink() async throws {
        try await withSandbox { sandbox in
            let nobody = try await sandbox.control(.post, Self.path, json: ["user_id": "ann", "linked_to": 99])
            #expect(nobody.status == 404)
            #expect(nobody.errorCode == "instacart_user_not_found")
            let taken = try await sandbox.control(.post, Self.path, json: ["user_id": "ann", "linked_to": 1])
            #expect(taken.status == 409)
            #expect(taken.errorCode == "already_linked")
            let shown = try await sandbox.control(.get, "\(Self.path)/ann")
            #expect(shown.errorCode == "connect_user_not_found")
        }
    }

    @Test("are changed field by field, and null clears what may be missing")
    func change() async throws {
        try await withSandbox { sandbox in
            let path = "\(Self.path)/johnsmith6000"
            let renamed = try await sandbox.control(.patch, path, json: ["first_name": "Jack", "locale": "en-CA"])
            #expect(renamed.status == 200)
            #expect(
                renamed.json == [
                    "user_id": "johnsmith6000", "first_name": "Jack", "last_name": "Smith",
                    "phone_number": "800-555-0100", "locale": "en-CA", "active": true,
                ]
            )
            let cleared = try await sandbox.control(
                .patch,
                path,
                json: ["last_name": nil, "phone_number": nil, "locale": nil]
            )
            #expect(cleared.json == ["user_id": "johnsmith6000", "first_name": "Jack", "active": true])
            let shown = try await sandbox.control(.get, path)
            #expect(shown.json == cleared.json)
        }
    }

    @Test("that are deactivated are User Not Active, until they are active again; a link waits for them")
    func activity() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let path = "\(Self.path)/linked-inactive"
            let reply = try await sandbox.control(.patch, path, json: ["active": false])
            #expect(reply.json["active"] == false)
            #expect(reply.json["linked_to"] == 2)
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.status == 403)
            #expect(status.json == ["error": ["message": "User Not Active", "code": nil], "meta": [:]])
            try await sandbox.control(.patch, path, json: ["active": true]).succeeded()
            let again = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(again.outcome == "get_user_link.success_not_a_member")
        }
    }

    @Test("that asked for their deletion can be brought back")
    func deletionRequest() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.send(.post, "/v2/fulfillment/users/johnsmith6000/privacy_request", bearer: bearer)
                .succeeded()
            let shown = try await sandbox.control(.get, "\(Self.path)/johnsmith6000")
            #expect(shown.json["active"] == false)
            try await sandbox.control(.patch, "\(Self.path)/johnsmith6000", json: ["active": true]).succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("that are deleted are gone with their link and their tokens; the Instacart user is free")
    func deletion() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let userToken = try await sandbox.userToken("linked-inactive")
            let reply = try await sandbox.control(.delete, "\(Self.path)/linked-inactive")
            #expect(reply.status == 204)
            let status = try await sandbox.linkStatus("linked-inactive", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_found")
            let user = try await sandbox.linkStatus("linked-inactive", bearer: userToken)
            #expect(user.outcome == "any.invalid_token")
            let linkingToken = JSONValue.string(try await sandbox.linkingToken(instacartUser: 2))
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.success")
        }
    }

    static let missing: [(HTTPRequest.Method, String, JSONValue?)] = [
        (.get, "", nil), (.patch, "", ["active": false]), (.delete, "", nil),
        (.put, "/link", ["instacart_user_id": 3]), (.delete, "/link", nil),
    ]

    @Test("that the retailer does not have are not found", arguments: missing)
    func notFound(method: HTTPRequest.Method, path: String, body: JSONValue?) async throws {
        try await withSandbox { sandbox in
            for userID in ["nobody", "JohnSmith6000", "johnsmith6000%20"] {
                let reply = try await sandbox.control(method, "\(Self.path)/\(userID)\(path)", json: body)
                #expect(reply.status == 404)
                #expect(reply.errorCode == "connect_user_not_found")
            }
        }
    }

    static let wrong: [(HTTPRequest.Method, String, JSONValue)] = [
        (.post, "", ["user_id": ""]), (.post, "", ["user_id": "a\u{0}b"]), (.post, "", ["user_id": ["a"]]),
        (.post, "", ["first_name": " "]), (.post, "", ["active": "x"]), (.post, "", ["linked_to": "one"]),
        (.post, "", ["linked_to": -1]), (.post, "", ["email": "x"]), (.post, "", []), (.post, "", "ann"),
        (.patch, "/johnsmith6000", ["first_name": nil]), (.patch, "/johnsmith6000", ["first_name": ""]),
        (.patch, "/johnsmith6000", ["active": nil]), (.patch, "/johnsmith6000", ["active": 1]),
        (.patch, "/johnsmith6000", ["last_name": "a\u{202E}b"]), (.patch, "/johnsmith6000", ["user_id": "other"]),
        (.patch, "/johnsmith6000", ["linked_to": 3]), (.patch, "/johnsmith6000", []),
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

    @Test("may be called what routes are called", arguments: ["state", "retailers", "link", "reset", "clone"])
    func routeNames(userID: String) async throws {
        try await withSandbox { sandbox in
            try await sandbox.control(.post, Self.path, json: ["user_id": .string(userID)]).succeeded()
            let path = "\(Self.path)/\(userID)"
            let wrong = try await sandbox.control(.patch, path, json: ["active": "x"])
            #expect(wrong.errorCode == "invalid_body")
            let linked = try await sandbox.control(.put, "\(path)/link", json: ["instacart_user_id": 3])
            #expect(linked.json["linked_to"] == 3)
            let deleted = try await sandbox.control(.delete, path)
            #expect(deleted.status == 204)
        }
    }
}
