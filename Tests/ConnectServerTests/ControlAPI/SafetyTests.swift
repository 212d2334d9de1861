import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("An attacker's page")
struct SafetyTests {
    /// Names that lead to this machine though they are not its own, as a rebound DNS name would.
    static let reboundHosts = [
        "rebound.example", "rebound.example:4600", "rebound.example.", "rebound.example.:4600", "127.0.0.1.nip.io",
        "localtest.me:4600", "localhost.rebound.example", "demo-localhost.example:80", "host.docker.internal.example",
    ]

    @Test("that had its name rebound to this machine reads and changes nothing", arguments: reboundHosts)
    func rebinding(host: String) async throws {
        try await withSandbox(.live) { sandbox in
            let before = try await sandbox.wholeState()
            let head = "Host: \(host)\r\nOrigin: http://\(host)\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
            let json = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            let requests = [
                "GET /_sandbox/state?tokens=true HTTP/1.1\r\n\(head)\r\n",
                "GET /_sandbox/info HTTP/1.1\r\n\(head)\r\n",
                "POST /_sandbox/reset HTTP/1.1\r\n\(head)\(json)",
                "POST /_sandbox/retailers HTTP/1.1\r\n\(head)\(json)",
                "PUT /_sandbox/retailers/demo/state HTTP/1.1\r\n\(head)\(json)",
                "DELETE /_sandbox/retailers/demo HTTP/1.1\r\n\(head)\r\n",
            ]
            for request in requests {
                let reply = try #require(RawReply(try await sandbox.raw(request)))
                #expect(reply.status == 421)
                #expect(reply.body.contains("host_not_allowed"))
                #expect(!reply.body.contains("demo-secret"))
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("reads nothing where a request names no host at all")
    func noHost() async throws {
        try await withSandbox(.live) { sandbox in
            for request in ["GET /_sandbox/info HTTP/1.1\r\n\r\n", "GET /_sandbox/info HTTP/1.1\r\nHost:\r\n\r\n"] {
                let reply = try await sandbox.raw(request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
                #expect(!reply.hasPrefix("HTTP/1.1 200"))
                #expect(!reply.contains("public_url"))
            }
        }
    }

    /// What a browser says of a page of another site, in one way or the other.
    static let foreignPages: [[String: String]] = [
        ["Origin": "https://evil.example"], ["Origin": "http://localhost.evil.example"], ["Origin": "null"],
        ["Origin": "http://localhost:8080"], ["Origin": "http://evil.example:80", "Sec-Fetch-Site": "none"],
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "Cross-Site"],
        ["Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"],
        ["Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"],
    ]

    /// Every kind of write, with a body that would do something.
    static let writes: [(HTTPRequest.Method, String, JSONValue?)] = [
        (.post, "/retailers", nil), (.post, "/retailers", ["id": "evil"]), (.delete, "/retailers/demo", nil),
        (.put, "/retailers/demo/state", [:]), (.put, "/state", ["retailers": []]),
        (.post, "/retailers/demo/reset", nil),
        (.post, "/reset?tokens=revoke", nil), (.patch, "/retailers/demo/clock", ["frozen": true]),
        (.post, "/retailers/demo/clock/advance", ["by": "P1D"]),
        (.post, "/retailers/demo/applications", ["redirect_uris": ["https://evil.example/"]]),
        (.patch, "/retailers/demo/applications/demo-client", ["redirect_uris": ["https://evil.example/"]]),
        (.delete, "/retailers/demo/applications/demo-client", nil),
        (.post, "/retailers/demo/applications/demo-client/clone", nil), (.post, "/retailers/demo/connect_users", [:]),
        (.patch, "/retailers/demo/connect_users/johnsmith6000", ["active": false]),
        (.put, "/retailers/demo/connect_users/johnsmith6000/link", ["instacart_user_id": 3]),
        (.delete, "/retailers/demo/connect_users/linked-inactive/link", nil),
        (.delete, "/retailers/demo/connect_users/johnsmith6000", nil), (.post, "/retailers/demo/instacart_users", [:]),
        (.patch, "/retailers/demo/instacart_users/2", ["instacartplus_member": true]),
        (.delete, "/retailers/demo/instacart_users/2", nil), (.post, "/retailers/demo/faults", ["status": 503]),
    ]

    @Test("of another site or origin changes nothing, whatever it sends", arguments: writes)
    func crossSite(method: HTTPRequest.Method, path: String, body: JSONValue?) async throws {
        try await withSandbox { sandbox in
            // Something that a reset would undo, and a token that it would end.
            _ = try await sandbox.createUser("new", bearer: sandbox.fulfillmentToken())
            let before = try await sandbox.wholeState()
            for page in Self.foreignPages {
                let reply = try await sandbox.control(method, path, json: body, headers: page)
                #expect(reply.status == 403, "\(page)")
                #expect(reply.errorCode == "cross_site_request")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
            let own = ["Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"]
            let reply = try await sandbox.control(method, path, json: body, headers: own)
            #expect((200..<300).contains(reply.status))
            let changed = try await sandbox.wholeState()
            #expect(changed != before)
        }
    }

    @Test(
        "does not get past it by another spelling of the path",
        arguments: ["//_sandbox", "///_sandbox", "/_sandbox/", "/./_sandbox"]
    )
    func spelling(prefix: String) async throws {
        try await withSandbox(.live) { sandbox in
            _ = try await sandbox.createUser("new", bearer: sandbox.fulfillmentToken())
            let before = try await sandbox.wholeState()
            for headers in [[("Origin", "https://evil.example")], [("Content-Type", "text/plain")]] {
                let text = try await sandbox.raw(rawRequest("POST", "\(prefix)/reset", headers: headers, body: ""))
                let reply = try #require(RawReply(text))
                #expect((400..<500).contains(reply.status), "\(reply.status)")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    /// What forms, beacons and `no-cors` requests send without asking first, from browsers that say nothing else.
    static let simpleTypes = [
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain",
        "text/plain;charset=UTF-8", "text/plain; application/json", "Text/Plain",
    ]

    @Test("changes nothing with a form, even from a browser that names no origin", arguments: simpleTypes)
    func forms(type: String) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createUser("new", bearer: sandbox.fulfillmentToken())
            let before = try await sandbox.wholeState()
            for (path, body) in [
                ("/retailers", "id=evil"), ("/retailers", "{}"), ("/reset", "x=1"), ("/reset", ""),
                ("/retailers/demo/reset", "{}"), ("/retailers/demo/clock/advance", #"{"by": "P1D"}"#),
                ("/retailers/demo/connect_users", #"{"user_id": "evil", "first_name": "="}"#),
            ] {
                let reply = try await sandbox.send(
                    .post,
                    "/_sandbox\(path)",
                    headers: ["Content-Type": type],
                    text: body
                )
                #expect(reply.status == 415, "\(path) \(body)")
                #expect(reply.errorCode == "unsupported_media_type")
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("changes nothing with a body of no type at all")
    func untyped() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.wholeState()
            for path in ["/retailers", "/retailers/demo/connect_users", "/retailers/demo/instacart_users"] {
                let reply = try await sandbox.send(.post, "/_sandbox\(path)", text: "{}")
                #expect(reply.status == 415)
            }
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("may be no page at all: what sends no such headers, with or without a body, is served")
    func curl() async throws {
        try await withSandbox { sandbox in
            let empty = try await sandbox.control(.post, "/retailers")
            #expect(empty.status == 200)
            let json = try await sandbox.control(.post, "/retailers", json: [:])
            #expect(json.status == 200)
            let reset = try await sandbox.control(.post, "/reset", headers: ["Sec-Fetch-Site": "none"])
            #expect(reset.status == 200)
        }
    }

    @Test("may link to the customer's pages, as the retailer's own does")
    func links() async throws {
        try await withSandbox { sandbox in
            let page = try await sandbox.send(
                .get,
                Visitor.path(to: .demo),
                headers: ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"]
            )
            #expect(page.outcome == "authorize.login_page")
        }
    }
}
