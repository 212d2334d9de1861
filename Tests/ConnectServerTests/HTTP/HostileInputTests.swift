import ConnectCore
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Hostile input, over a real socket")
struct HostileInputTests {
    static let malformedBodies: [String: [UInt8]] = [
        "opened 100,000 times": Array(String(repeating: #"{"a":"#, count: 100_000).utf8),
        "nested 10,000 deep": Array(
            (#"{"a":"# + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000) + "}").utf8
        ),
        "not UTF-8": Array(#"{"user_id":""#.utf8) + [0xFF, 0xFE] + Array(#"","first_name":"x"}"#.utf8),
        "UTF-16": Array("{}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        "raw NUL": Array("{\"user_id\":\"a\0b\"}".utf8),
        "huge number": Array(#"{"user_id":1e999999}"#.utf8),
        "half": Array(#"{"user_id":"half"#.utf8),
        "trailing comma": Array(#"{"user_id":"a","first_name":"b",}"#.utf8),
        "two objects": Array(#"{"user_id":"a","first_name":"b"}{}"#.utf8),
        "lone surrogate": Array(#"{"user_id":"\ud800","first_name":"b"}"#.utf8),
    ]

    @Test(
        "a body that is no JSON object is refused by every endpoint that reads one, with nothing stored",
        arguments: [
            "generate_access_token", "revoke_access_token", "create_user", "link_user", "create_instacart_user",
        ]
            + ["authorize_instacart_user"],
        malformedBodies.keys.sorted()
    )
    func bodies(endpointName: String, body name: String) async throws {
        try await withSandbox(.live) { sandbox in
            let endpoint = try #require(Endpoint(rawValue: endpointName))
            let bearer = try await sandbox.fulfillmentToken()
            let path = endpoint.path.replacing("users/{user_id}/link", with: "users/johnsmith6000/link")
                .replacing("{user_id}", with: "3")
            let request = rawRequest(
                endpoint.method,
                path,
                headers: [
                    ("Content-Type", "application/json"), ("Authorization", "Bearer \(bearer)"),
                    ("Content-Length", "\(Self.malformedBodies[name, default: []].count)"),
                ],
                body: ""
            )
            let reply = try #require(RawReply(try await sandbox.raw(request + Self.malformedBodies[name, default: []])))
            #expect(reply.status == 400)
            #expect(reply.headers["x-sandbox-outcome"] == "any.malformed_body")
            #expect(reply.headers["x-sandbox-reason"]?.isEmpty == false)
            #expect(
                try await sandbox.linkStatus("johnsmith6000", bearer: bearer).outcome == "get_user_link.user_not_linked"
            )
        }
    }

    @Test(
        "texts with control or reordering characters are refused wherever they would be stored",
        arguments: ["\\u0000", "a\\u0000b", "\\u202Eabc", "a\\u2066b", "\\u0007", "a\\nb"]
    )
    func controlCharacters(text: String) async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let json = ["Content-Type": "application/json"]
            for body in [
                #"{"user_id":"\#(text)","first_name":"F"}"#, #"{"user_id":"u","first_name":"\#(text)"}"#,
                #"{"user_id":"u","first_name":"F","last_name":"\#(text)"}"#,
                #"{"user_id":"u","first_name":"F","phone_number":"\#(text)"}"#,
                #"{"user_id":"u","first_name":"F","locale":"\#(text)"}"#,
            ] {
                let reply = try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users",
                    bearer: bearer,
                    headers: json,
                    text: body
                )
                #expect(reply.status == 400)
                #expect(reply.json["error"]?["message"] == "is invalid")
            }
            #expect(try await sandbox.linkStatus("u", bearer: bearer).outcome == "get_user_link.user_not_found")
        }
    }

    @Test("a NUL does not end a text: what only begins like a key finds nothing, and changes nothing")
    func nul() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let exchange = try await sandbox.redeem(sandbox.code())
            let linkingToken = try exchange.string("access_token")
            let refreshToken = try exchange.string("refresh_token")
            let code = try await sandbox.code()
            let json = ["Content-Type": "application/json"]
            func token(_ fields: String) async throws -> Reply {
                try await sandbox.send(
                    .post,
                    "/v2/oauth/token",
                    headers: json,
                    text: #"{"client_id":"demo-client","client_secret":"demo-secret",\#(fields)}"#
                )
            }
            let redirect = #""redirect_uri":"https://example.org/account/profile""#
            let replies = [
                try await token(#""client_id":"demo-client\u0000x","grant_type":"client_credentials""#),
                try await token(#""grant_type":"authorization_code","code":"\#(code)\u0000x",\#(redirect)"#),
                try await token(#""grant_type":"refresh_token","refresh_token":"\#(refreshToken)\u0000x""#),
                try await sandbox.linkStatus("linked-inactive%00x", bearer: bearer),
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users/johnsmith6000%00x/privacy_request",
                    bearer: bearer
                ),
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users/johnsmith6000/link",
                    bearer: bearer,
                    headers: json,
                    text: #"{"linking_token":"\#(linkingToken)\u0000x"}"#
                ),
            ]
            #expect(
                replies.map(\.outcome) == [
                    "generate_access_token.invalid_client", "generate_access_token.invalid_grant",
                    "generate_access_token.invalid_grant_refresh_token", "get_user_link.user_not_found",
                    "create_user_deletion_request.user_not_found", "link_user.linking_token_invalid",
                ]
            )
            let revocation = try await sandbox.send(
                .post,
                "/v2/oauth/token/revoke",
                headers: json,
                text: #"{"client_id":"demo-client","client_secret":"demo-secret","token":"\#(bearer)\u0000x"}"#
            )
            #expect(revocation.outcome == "revoke_access_token.success_unknown_token")
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            #expect(try await sandbox.redeem(code).status == 200)
        }
    }

    @Test("a body that never ends is not read to its end")
    func endless() async throws {
        try await withSandbox(.live) { sandbox in
            let head = "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunk = "10000\r\n" + String(repeating: "a", count: 0x10000) + "\r\n"
            let reply = try await sandbox.raw(head + String(repeating: chunk, count: 64))
            #expect(reply.hasPrefix("HTTP/1.1 413 ") || reply.isEmpty)
            #expect(RawReply(reply)?.headers["connection"] ?? "close" == "close")
        }
    }

    @Test(
        "a path id that names nobody is not found, however absurd",
        arguments: [
            String(repeating: "a", count: 50_000), "%00", "%FF", "%", "%zz", "..", "%2E%2E", "a;b=c", "%F0%9F%92%A9",
            "%E2%80%AE", "'%20OR%201=1--", "%0d%0aX-Evil:1",
        ]
    )
    func pathIDs(id: String) async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let text = try await sandbox.raw(
                rawRequest("GET", "/v2/fulfillment/users/\(id)/link", headers: [("Authorization", "Bearer \(bearer)")])
            )
            let reply = try #require(RawReply(text))
            #expect(reply.status == 400)
            #expect(reply.headers["x-sandbox-outcome"] == "get_user_link.user_not_found")
            #expect(reply.headers["x-evil"] == nil)
        }
    }

    @Test(
        "what is no HTTP, or ambiguous HTTP, is refused or cut off, and the next good request is served",
        arguments: [
            "GARBAGE\r\n\r\n", "GET\r\n\r\n", "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
            "GET /v2/oauth/token HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n",
            "GET /v2 HTTP/1.1\r\nHost: x\r\n\(String(repeating: "X: a\r\n", count: 20_000))\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ]
    )
    func protocolViolations(request: String) async throws {
        try await withSandbox(.live) { sandbox in
            let reply = RawReply(try await sandbox.raw(request))
            #expect(reply.map { (400..<500).contains($0.status) } ?? true, "\(reply?.status ?? 0)")
            #expect(try await sandbox.send(.get, "/livez").status == 200)
        }
    }

    @Test(
        "half a request is refused or cut off, with nothing stored",
        arguments: [
            "POST /v2/fulfillment/us", "POST /v2/fulfillment/users HTTP/1.1\r\nHost: x\r\nContent-Ty",
            "POST /v2/fulfillment/users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer {}\r\nContent-Length: 1000\r\n\r\n"
                + #"{"user_id":"half","first_name":"H"}"#,
            "POST /v2/fulfillment/users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer {}\r\nTransfer-Encoding: chunked\r\n\r\n23\r\n"
                + #"{"user_id":"half","first_name":"H"}"#,
        ]
    )
    func half(request: String) async throws {
        try await withSandbox(.live) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let text = request.replacing("{}", with: bearer)
            let reply = RawReply(try await sandbox.raw(Array(text.utf8), isHalfClosing: true))
            #expect(reply.map { (400..<500).contains($0.status) } ?? true, "\(reply?.status ?? 0)")
            let status = try await sandbox.linkStatus("half", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_found")
        }
    }

    @Test(
        "a method that no endpoint has is not found",
        arguments: ["PATCH", "TRACE", "OPTIONS", "PUT", "DELETE", "FOO", "post"]
    )
    func methods(method: String) async throws {
        try await withSandbox(.live) { sandbox in
            let reply = RawReply(try await sandbox.raw(rawRequest(method, "/v2/oauth/token")))
            #expect([400, 404].contains(reply?.status ?? 400), "\(reply?.status ?? 0)")
            let health = try await sandbox.send(.get, "/livez")
            #expect(health.status == 200)
        }
    }

    @Test("a body over 1 MiB is refused whether its length is announced or not")
    func tooLarge() async throws {
        try await withSandbox(.live) { sandbox in
            let head =
                "POST /v2/oauth/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            let chunk = "10000\r\n" + String(repeating: "a", count: 0x10000) + "\r\n"
            let chunked =
                head + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 17) + "0\r\n\r\n"
            let announced = head + "Content-Length: 1048577\r\n\r\n" + String(repeating: "a", count: 1_048_577)
            for request in [chunked, announced] {
                let reply = try #require(RawReply(try await sandbox.raw(request)))
                #expect(reply.status == 413)
                #expect(reply.headers["x-sandbox-outcome"] == "any.body_too_large")
            }
        }
    }

    @Test("an answer to HEAD has no body, so that the connection stays in step")
    func head() async throws {
        try await withSandbox(.live) { sandbox in
            let reply = try await sandbox.raw(
                "HEAD /v2/nothing HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            )
            let parts = reply.split(separator: "\r\n\r\n", maxSplits: 1)
            #expect(parts.count == 2)
            #expect(parts.first?.hasPrefix("HTTP/1.1 404 ") == true)
            #expect(parts.last?.hasPrefix("HTTP/1.1 200 ") == true)
        }
    }

    @Test("an offer to switch protocols is declined, and the connection closed after the answer")
    func upgrade() async throws {
        try await withSandbox(.live) { sandbox in
            let reply = try #require(
                RawReply(
                    try await sandbox.raw(
                        "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n\r\n"
                    )
                )
            )
            #expect(reply.status == 200)
            #expect(reply.headers["connection"] == "close")
            #expect(reply.body == "ok\n")
        }
    }
}
