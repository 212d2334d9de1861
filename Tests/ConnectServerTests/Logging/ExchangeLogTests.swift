import ConnectServer
import Foundation
import HTTPTypes
import Logging
import TestSupport
import Testing

@Suite("Exchanges in the log", .timeLimit(.minutes(10)))
struct ExchangeLogTests {
    @Test("are a line each, with outcome, retailer and the id that the journal has")
    func lines() async throws {
        let capture = try LogCapture(.text)
        try await withSandbox(logger: capture.logger()) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/nobody/link?a=b", bearer: bearer)
            _ = try await sandbox.send(.get, "/v2/nothing")
            _ = try await sandbox.send(.get, "/livez")
            _ = try await sandbox.control(.get, "/info")
            let lines = try capture.lines()
            let parts = [
                ["POST /v2/oauth/token", "200", "generate_access_token.success retailer=demo request_id=1"],
                [
                    "GET /v2/fulfillment/users/nobody/link", "400",
                    "get_user_link.user_not_found retailer=demo request_id=2",
                ],
                ["GET /v2/nothing", "404", "any.not_found request_id=3"],
            ]
            try #require(lines.count == parts.count)
            for (line, part) in zip(lines, parts) {
                let start =
                    "2026-01-01T00:00:00.000Z info  \(part[0]) status=\(part[1]) outcome=\(part[2]) duration_ms="
                #expect(line.hasPrefix(start), "\(line)")
            }
            #expect(lines[1].hasSuffix(#" reason="The retailer has no Connect user nobody.""#))
            let journal = try await sandbox.control(.get, "/requests/2").json
            #expect(journal["outcome"]?.string == "get_user_link.user_not_found")
        }
    }

    @Test("are objects with the same fields")
    func json() async throws {
        let capture = try LogCapture(.json)
        try await withSandbox(logger: capture.logger()) { sandbox in
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/a/link", headers: ["X-Sandbox-Fault": "reset"])
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/a/link")
        }
        let objects = try capture.lines().map { try JSONValue(parsing: Data($0.utf8)) }
        try #require(objects.count == 2)
        // Nothing was answered to the first one.
        #expect(objects[0]["status"] == nil)
        #expect(objects[0]["fault"]?.string == "header")
        #expect(objects[1]["message"]?.string == "GET /v2/fulfillment/users/a/link")
        #expect(objects[1]["status"] == 401)
        #expect(objects[1]["outcome"]?.string == "any.missing_token")
        #expect(objects[1]["request_id"] == 2)
        #expect(objects[1]["retailer"] == nil)
    }

    @Test("are left out where only warnings are asked for; what is no exchange, where debugging is not")
    func levels() async throws {
        for (level, count) in [(Logger.Level.warning, 0), (.info, 1), (.debug, 3)] {
            let capture = try LogCapture(.text)
            try await withSandbox(logger: capture.logger(level)) { sandbox in
                _ = try await sandbox.send(.get, "/v2/nothing")
                _ = try await sandbox.send(.get, "/readyz")
                _ = try await sandbox.control(.get, "/info")
            }
            #expect(try capture.lines().count == count)
        }
    }

    @Test("hold no secret, whatever goes over the wire, however much is logged", arguments: LogFormat.allCases)
    func secrets(format: LogFormat) async throws {
        let capture = try LogCapture(format)
        try await SecretTraffic.run(logger: capture.logger(.trace)) { sandbox, secrets in
            let text = try capture.text()
            #expect(secrets.count > 60)
            #expect(secrets.leaks(in: text) == [])
            let exchanges = try await sandbox.requests("limit=1000", of: nil)
            for exchange in exchanges {
                let id = try exchange.exchangeID()
                let field = format == .text ? "request_id=\(id) " : "\"request_id\":\(id),"
                #expect(text.contains(field))
            }
            // The same search finds them where they are shown on purpose.
            let state = try await sandbox.wholeState()
            #expect(secrets.leaks(in: state) != [])
        }
    }
}
