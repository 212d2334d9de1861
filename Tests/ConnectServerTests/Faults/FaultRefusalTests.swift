import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("A fault that is refused")
struct FaultRefusalTests {
    /// Rules that nothing could ever come of.
    static let futile: [JSONValue] = [
        [:], ["endpoint": "get_user_link"], ["path": "/v2/*", "times": 3], ["endpoint": "nobody", "status": 503],
        ["endpoint": "GET /v2/oauth/token", "status": 503],
        ["outcome": "get_user_link.no_such_thing"], ["outcome": "any.thing"], ["outcome": ""],
        // Another endpoint's, another family's, or no answer that can be made up.
        ["endpoint": "get_user_link", "outcome": "link_user.success"],
        ["endpoint": "generate_access_token", "outcome": "revoke_access_token.unauthorized_client"],
        ["endpoint": "generate_access_token", "outcome": "any.missing_token"],
        ["endpoint": "authorize", "outcome": "any.insufficient_scope"],
        ["path": "/v2/oauth/*", "outcome": "any.expired_token"],
        ["path": "/v2/oauth/*", "outcome": "get_user_link.user_not_linked"],
        ["method": "POST", "outcome": "get_user_link.user_not_linked"],
        ["endpoint": "authorize", "outcome": "authorize.success"], ["outcome": "authorize.success_remembered"],
        ["outcome": "authorize.access_denied"], ["outcome": "authorize.login_page"],
        ["outcome": "authorize.consent_page"], ["outcome": "authorize.signed_in"],
        // What no endpoint has, and what belongs to no retailer.
        ["path": "/v2/nothing", "status": 503], ["path": "/v2/oauth/tokens", "status": 503],
        ["path": "/v2/fulfillment/users/a/b/link", "status": 503], ["path": "/v2/oauth/token/", "status": 503],
        ["path": "/nothing", "status": 503], ["path": "/V2/oauth/token", "status": 503],
        ["path": "/v2/oauth/token", "method": "GET", "status": 503], ["method": "DELETE", "status": 503],
        ["method": "PATCH", "status": 503], ["endpoint": "get_user_link", "method": "POST", "status": 503],
        ["endpoint": "get_user_link", "path": "/v2/oauth/token", "status": 503],
        ["endpoint": "link_user", "path": "/v2/fulfillment/users", "wire": "reset"],
        ["path": "/_sandbox/*", "status": 503], ["path": "/_sandbox/retailers/demo/reset", "wire": "reset"],
        ["path": "/.well-known/*", "status": 503], ["path": "/.well-known/oauth-authorization-server", "status": 503],
        ["path": "/demo", "status": 503], ["path": "/livez", "status": 503], ["path": "/readyz", "status": 503],
        // Numbers that no request meets.
        ["status": 503, "times": 0], ["status": 503, "times": -1], ["status": 503, "nth": 0],
        ["status": 503, "nth": -2], ["status": 503, "probability": 0], ["status": 503, "probability": -0.5],
    ]

    @Test("can never hit anything: a sentence says why, and nothing is armed", arguments: futile)
    func refused(fault: JSONValue) async throws {
        try await Self.expectRefusal(of: fault) { reply in
            #expect(reply.errorCode == "invalid_fault")
        }
    }

    /// Rules that make no sense.
    static let senseless: [JSONValue] = [
        ["status": 200], ["status": 404], ["status": 502], ["status": "503x"], ["status": [503]], ["wire": "cut"],
        ["wire": "RESET"], ["status": 503, "wire": "reset"], ["status": 503, "outcome": "any.unavailable"],
        ["wire": "empty", "outcome": "any.unavailable"], ["status": 503, "probability": 1.5],
        ["status": 503, "nth": 1.5], ["status": 503, "times": "twice"], ["status": 503, "seed": -1],
        ["status": 503, "seed": "x"], ["status": 503, "colour": "red"], ["status": 503, "endpoint": ["link_user"]],
        ["status": 503, "path": "v2/oauth/token"], ["status": 503, "path": 7], ["latency": 250], ["latency": [:]],
        ["latency": ["fixed": -1]], ["latency": ["fixed": 60_001]], ["latency": ["fixed": "soon"]],
        ["latency": ["uniform": [500, 100]]], ["latency": ["uniform": [100]]], ["latency": ["uniform": [1, 2, 3]]],
        ["latency": ["uniform": [0, 60_001]]], ["latency": ["uniform": 5]], ["latency": ["lognormal": 200]],
        ["latency": ["lognormal": ["median": 200]]], ["latency": ["lognormal": ["median": -1, "sigma": 1]]],
        ["latency": ["lognormal": ["median": 200, "sigma": -1]]],
        ["latency": ["lognormal": ["median": 60_001, "sigma": 1]]], ["latency": ["fixed": 1, "uniform": [1, 2]]],
        ["latency": ["gaussian": 5]], [], "503", nil,
    ]

    @Test("makes no sense: a sentence says why, and nothing is armed", arguments: senseless)
    func unread(fault: JSONValue) async throws {
        try await Self.expectRefusal(of: fault) { reply in
            #expect(["invalid_fault", "invalid_body"].contains(reply.errorCode))
        }
    }

    @Test("is as futile in a state document, which says in which line, and changes nothing", arguments: futile)
    func document(fault: JSONValue) async throws {
        try await withSandbox { sandbox in
            try await sandbox.arm(["status": 429])
            let before = try await sandbox.wholeState()
            let text = String(decoding: try JSONEncoder().encode(fault), as: UTF8.self)
            let reply = try await sandbox.putState("name: Other\nfaults:\n  - {status: 503}\n  - \(text)\n")
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            #expect(reply.errorMessage.contains("faults[1]"), "\(reply.errorMessage)")
            let line = reply.errorMessage.firstMatch(of: /(?::|line )([0-9]+)\b/)
            #expect(line?.1 == "4", "\(reply.errorMessage)")
            let after = try await sandbox.wholeState()
            #expect(after == before)
        }
    }

    @Test("comes without a body, with one that is neither JSON nor YAML, or as a form")
    func bodies() async throws {
        try await withSandbox { sandbox in
            let path = "/_sandbox/retailers/demo/faults"
            let json = ["Content-Type": "application/json"]
            for body in ["{", "status=503", #"{"status": 503"#, #"[{"status": 503}]"#, #"{"status": 503}{}"#] {
                let reply = try await sandbox.send(.post, path, headers: json, text: body)
                #expect(reply.status == 400, "\(body)")
            }
            let empty = try await sandbox.send(.post, path)
            #expect((400..<500).contains(empty.status))
            let form = try await sandbox.send(.post, path, form: "status=503")
            #expect(form.status == 415)
            let faults = try await sandbox.faults()
            #expect(faults == [])
        }
    }

    @Test("has an id that another of the retailer's has, and that one stays")
    func takenID() async throws {
        try await withSandbox { sandbox in
            let fault = try await sandbox.arm(["status": 503])
            let id = fault["id"] ?? .null
            let reply = try await sandbox.control(
                .post,
                "/retailers/demo/faults",
                json: ["status": 429, "id": id]
            )
            #expect(reply.status == 409)
            let faults = try await sandbox.faults()
            #expect(faults == [fault])
        }
    }

    private static func expectRefusal(of fault: JSONValue, _ check: @Sendable (Reply) -> Void) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, "/retailers/demo/faults", json: fault)
            #expect(reply.status == 400)
            #expect(reply.errorMessage.count > 10)
            check(reply)
            let faults = try await sandbox.faults()
            #expect(faults == [])
        }
    }
}
