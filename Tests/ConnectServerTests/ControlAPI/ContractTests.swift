import ConnectCore
import ConnectServer
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("The fidelity ledger")
struct ContractTests {
    @Test("has every endpoint and every outcome of the catalogue once, in its order")
    func complete() async throws {
        try await withContract { contract in
            let endpoints = contract["endpoints"]?.elements ?? []
            #expect(endpoints.map { $0["name"]?.string } == Endpoint.allCases.map(\.name))
            for (endpoint, shown) in zip(Endpoint.allCases, endpoints) {
                #expect(shown["method"] == .string(endpoint.method))
                #expect(shown["path"] == .string(endpoint.path))
                #expect(shown["page"] == .string(endpoint.page))
                let keys = shown["outcomes"]?.elements.map { $0["key"]?.string }
                #expect(keys == Outcome.outcomes(of: endpoint).map(\.key))
            }
            #expect(Self.outcomes(contract).map { $0["key"]?.string } == Outcome.catalogue.map(\.key))
        }
    }

    @Test("says of each outcome what it rests on, and what turns it")
    func provenance() async throws {
        try await withContract { contract in
            for (outcome, row) in zip(Outcome.catalogue, Self.outcomes(contract)) {
                #expect(row["status"]?.integer == outcome.status)
                #expect(row["cause"] == .string(outcome.cause))
                switch outcome.provenance {
                case .documented(let page):
                    #expect(row["documented"] == .string(page))
                    #expect(row.names.isDisjoint(with: ["assumed", "turned_by"]))
                case .assumed(let basis, let assumption):
                    let turnedBy: JSONValue = assumption.map { .string($0.rawValue) } ?? .null
                    #expect(row["assumed"] == .string(basis))
                    #expect(row["turned_by"] == turnedBy)
                    #expect(row["documented"] == nil)
                }
            }
        }
    }

    @Test("shows a body as it is answered, or a Location; nothing for pages")
    func examples() async throws {
        try await withContract { contract in
            for (outcome, row) in zip(Outcome.catalogue, Self.outcomes(contract)) {
                switch outcome.answer {
                case .success(let example):
                    let body = try JSONValue(parsing: Data(example.utf8))
                    #expect(row["example"] == body)
                case .redirect(let location): #expect(row["example"] == .string(location))
                case .page, .errorPage: #expect(row["example"] == nil)
                default: #expect(row["example"]?["error"] != nil, "\(outcome)")
                }
            }
            let rows = Dictionary(uniqueKeysWithValues: Self.outcomes(contract).map { ($0["key"]?.string ?? "", $0) })
            #expect(
                rows["link_user.user_not_found"]?["example"]
                    == ["error": ["message": "User Not Found", "code": 1001], "meta": ["key": "user_id"]]
            )
            #expect(rows["any.rate_limited"]?["example"]?["error"]?["code"] == 2003)
            #expect(rows["any.rate_limited"]?["oauth_example"]?["error"] == "temporarily_unavailable")
            let listed = rows["create_user.multiple_errors"]?["example"]?["error"]
            #expect(listed?["code"] == 9999)
            #expect(listed?["errors"]?.elements.map { $0["meta"]?["key"] } == ["user_id", "first_name"])
        }
    }

    @Test("an example is what a request is answered", arguments: [Set<Assumption>(), [.loneErrorListed]])
    func answered(assumptions: Set<Assumption>) async throws {
        var settings = Settings()
        settings.choices.assumptions = assumptions
        try await withSandbox(settings: settings) { sandbox in
            let contract = try await sandbox.control(.get, "/contract").json
            let bearer = try await sandbox.fulfillmentToken()
            let replies = [
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users",
                    bearer: bearer,
                    json: ["user_id": "ada", "first_name": " "]
                ),
                try await sandbox.send(.post, "/v2/fulfillment/users", bearer: bearer, json: [:]),
                try await sandbox.linkStatus("nobody", bearer: bearer),
                try await sandbox.linkStatus("nobody", bearer: "none"),
                try await sandbox.send(.post, "/v2/oauth/token", json: [:]),
            ]
            for reply in replies {
                let row = Self.outcomes(contract).first { $0["key"]?.string == reply.outcome }
                #expect(row?["example"] == reply.json, "\(reply.outcome ?? "")")
            }
        }
    }

    @Test("names every assumption that can be turned, with its outcomes, and what is in force")
    func assumptions() async throws {
        var settings = Settings()
        settings.choices.assumptions = [.relinkRefused]
        settings.authorizePath = "/shop/consent"
        try await withSandbox(settings: settings) { sandbox in
            let contract = try await sandbox.control(.get, "/contract").json
            let shown = contract["assumptions"]?.elements ?? []
            #expect(shown.map { $0["name"]?.string } == Assumption.allCases.map(\.rawValue))
            for (assumption, row) in zip(Assumption.allCases, shown) {
                #expect(row["explanation"] == .string(assumption.explanation))
                #expect(row["in_force"] == .bool(assumption == .relinkRefused))
                let keys = Outcome.catalogue.filter { $0.assumption == assumption }.map { JSONValue.string($0.key) }
                #expect(row["outcomes"] == .array(keys))
            }
            #expect(contract["endpoints"]?.elements.last?["path"] == "/shop/consent")
        }
        try await withContract { contract in
            let inForce = contract["assumptions"]?.elements.filter { $0["in_force"] != false }
            #expect(inForce == [])
        }
    }

    @Test("a browser gets a page of the same that loads and runs nothing")
    func page() async throws {
        try await withSandbox { sandbox in
            let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            let reply = try await sandbox.control(.get, "/contract", headers: ["Accept": accept])
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == "text/html; charset=utf-8")
            #expect(reply.header("Vary") == "Accept")
            #expect(reply.header("Content-Security-Policy")?.hasPrefix("default-src 'none'; ") == true)
            #expect(!reply.text.contains("<script"))
            for outcome in Outcome.catalogue {
                #expect(reply.text.contains(#"<li id="\#(outcome.key)">"#), "\(outcome)")
            }
            for endpoint in Endpoint.allCases {
                #expect(reply.text.contains("<p><code>\(endpoint.method) \(endpoint.path)</code></p>"))
                #expect(reply.text.contains(#"<a href="https://docs.instacart.com\#(endpoint.page)">"#))
            }
            for assumption in Assumption.allCases {
                #expect(reply.text.contains("<code>\(assumption.rawValue)</code>"))
            }
        }
    }

    @Test("who does not ask for a page gets JSON", arguments: [nil, "*/*", "application/json"])
    func json(accept: String?) async throws {
        try await withSandbox { sandbox in
            let headers = accept.map { ["Accept": $0] } ?? [:]
            let reply = try await sandbox.control(.get, "/contract", headers: headers)
            #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
            #expect(reply.header("Vary") == "Accept")
            #expect(reply.json.names == ["endpoints", "shared", "assumptions"])
        }
    }

    private func withContract(_ body: @Sendable (JSONValue) throws -> Void) async throws {
        try await withSandbox { sandbox in
            try body(await sandbox.control(.get, "/contract").json)
        }
    }

    private static func outcomes(_ contract: JSONValue) -> [JSONValue] {
        let endpoints = contract["endpoints"]?.elements ?? []
        return endpoints.flatMap { $0["outcomes"]?.elements ?? [] } + (contract["shared"]?.elements ?? [])
    }
}
