import HTTPTypes
import TestSupport
import Testing

@Suite("Clones of applications, and what no application can be")
struct ApplicationRefusalTests {
    private static let path = "/retailers/demo/applications"

    @Test(
        "a clone has its original's redirect URIs and scopes, and credentials of its own; its tokens are good for both"
    )
    func clone() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, "\(Self.path)/demo-client/clone")
            #expect(reply.status == 200)
            #expect(reply.json["enabled"] == true)
            #expect(reply.json["scopes"] == ["connect:fulfillment", "connect:post_checkout", "account_linking"])
            #expect(
                reply.json["redirect_uris"] == [
                    "http://localhost/demo/account/profile", "https://example.org/account/profile",
                ]
            )
            let clone = TestApplication(
                clientID: try reply.string("client_id"),
                clientSecret: try reply.string("client_secret")
            )
            #expect(clone.clientID != "demo-client")
            #expect(clone.clientSecret != "demo-secret")
            let bearer = try await sandbox.fulfillmentToken()
            let linkingToken = JSONValue.string(try await sandbox.linkingToken(of: clone))
            let link = try await sandbox.link("johnsmith6000", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.success")
            try await sandbox.control(.delete, "\(Self.path)/\(clone.clientID)").succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.success")
        }
    }

    @Test("a clone may be given its credentials and its name")
    func namedClone() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(
                .post,
                "\(Self.path)/demo-client/clone",
                json: ["client_id": "second", "client_secret": "s3cret", "name": "Second"]
            )
            #expect(reply.json["client_id"] == "second")
            #expect(reply.json["client_secret"] == "s3cret")
            #expect(reply.json["name"] == "Second")
            let list = try await sandbox.control(.get, "/retailers/demo")
            #expect(list.json["applications"] == ["demo-client", "second"])
        }
    }

    @Test("a client_id is one application's in the whole sandbox", arguments: ["", "/demo-client/clone"])
    func conflict(path: String) async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let before = try await sandbox.wholeState()
            for clientID in ["demo-client", "other-client"] {
                var fields: [String: JSONValue] = ["client_id": .string(clientID)]
                if path.isEmpty { fields["redirect_uris"] = [] }
                let reply = try await sandbox.control(.post, Self.path + path, json: .object(fields))
                #expect(reply.status == 409)
                #expect(reply.errorCode == "client_id_taken")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    static let missing: [(HTTPRequest.Method, String, JSONValue?)] = [
        (.get, "", nil), (.patch, "", ["enabled": false]), (.delete, "", nil), (.post, "/clone", nil),
    ]

    @Test("an application that the retailer does not have is not found", arguments: missing)
    func notFound(method: HTTPRequest.Method, path: String, body: JSONValue?) async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let before = try await sandbox.wholeState()
            for clientID in ["nobody", "other-client", "DEMO-CLIENT"] {
                let reply = try await sandbox.control(method, "\(Self.path)/\(clientID)\(path)", json: body)
                #expect(reply.status == 404)
                #expect(reply.errorCode == "application_not_found")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    static let wrong: [(HTTPRequest.Method, String, JSONValue)] = [
        (.post, "", [:]), (.post, "", []), (.post, "", ["redirect_uris": "https://shop.example/cb"]),
        (.post, "", ["redirect_uris": ["/cb"]]), (.post, "", ["redirect_uris": ["javascript:alert(1)"]]),
        (.post, "", ["redirect_uris": ["https://shop.example/cb#top"]]),
        (.post, "", ["redirect_uris": [], "scopes": ["connect:everything"]]),
        (.post, "", ["redirect_uris": [], "client_id": ""]), (.post, "", ["redirect_uris": [], "client_secret": " "]),
        (.post, "", ["redirect_uris": [], "client_id": "a\u{0}b"]), (.post, "", ["redirect_uris": [], "enabled": 1]),
        (.post, "", ["redirect_uris": [], "nmae": "x"]), (.patch, "/demo-client", ["enabled": "yes, please"]),
        (.patch, "/demo-client", ["enabled": nil]), (.patch, "/demo-client", ["name": nil]),
        (.patch, "/demo-client", ["scopes": nil]), (.patch, "/demo-client", ["redirect_uris": nil]),
        (.patch, "/demo-client", ["client_secret": ""]), (.patch, "/demo-client", ["client_id": "other"]),
        (.patch, "/demo-client", ["redirect_uris": [1]]), (.patch, "/demo-client", []),
        (.post, "/demo-client/clone", ["client_id": " "]), (.post, "/demo-client/clone", ["scopes": []]),
    ]

    @Test("a body that makes no application is refused, and changes nothing", arguments: wrong)
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
}
