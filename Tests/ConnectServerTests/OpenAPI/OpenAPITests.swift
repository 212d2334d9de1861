import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("OpenAPI document")
struct OpenAPITests {
    @Test("describes every route but the storefront's, and nothing else")
    func routes() async throws {
        let document = try await OpenAPI.usual.value
        try await withSandbox { sandbox in
            let described = Set(document.operations.map(\.route))
            let served = Set(try servedRoutes(settings: Settings(), database: sandbox.database))
            #expect(described.subtracting(served) == [])
            #expect(served.subtracting(described) == [])
        }
    }

    @Test("has each endpoint as an operation, by its name, method and path", arguments: Endpoint.allCases)
    func endpoint(_ endpoint: Endpoint) async throws {
        let document = try await OpenAPI.usual.value
        let operation = try #require(document.operations.first { $0.id == endpoint.name })
        #expect(operation.route == Route(method: endpoint.method, path: endpoint.path))
        let routes = Set(document.operations(of: endpoint).map(\.route))
        #expect(routes == Set(endpoint.methods.map { Route(method: $0, path: endpoint.path) }))
        #expect(operation.json["externalDocs"]?["url"]?.string?.hasSuffix(endpoint.page) == true)
    }

    @Test("has each outcome as an example of its endpoint's answers, and no other", arguments: Endpoint.allCases)
    func outcomes(_ endpoint: Endpoint) async throws {
        let document = try await OpenAPI.usual.value
        let shared = Outcome.catalogue.filter { $0.endpoint == nil }.filter { outcome in
            // Only the Connect API's own endpoints take a bearer token.
            if case .eitherError = outcome.answer { true } else { endpoint.family == .connect }
        }
        let expected = Dictionary(
            uniqueKeysWithValues: (Outcome.outcomes(of: endpoint) + shared).map { ($0.key, $0) }
        )
        let operations = document.operations(of: endpoint)
        #expect(Set(operations.flatMap(document.examples).map(\.key)) == Set(expected.keys))
        for operation in operations {
            for example in document.examples(of: operation) {
                let outcome = try #require(expected[example.key])
                let isOfForm = operation.route.method == "POST" && outcome.status == 302
                #expect(example.status == (isOfForm ? 303 : outcome.status), "\(example.key)")
            }
            for (status, response) in operation.responses {
                let keys = document.examples(of: operation).filter { "\($0.status)" == status }.map(\.key)
                let header = response["headers"]?["X-Sandbox-Outcome"]?["schema"]?["enum"]
                #expect(Set((header?.elements ?? []).compactMap(\.string)) == Set(keys))
            }
        }
    }

    @Test("leaves no outcome of the catalogue out, and says of each on what it rests")
    func provenance() async throws {
        let document = try await OpenAPI.usual.value
        let examples = Endpoint.allCases.flatMap(document.operations).flatMap(document.examples)
        let byKey = Dictionary(grouping: examples, by: \.key)
        for outcome in Outcome.catalogue {
            let examples = try #require(byKey[outcome.key], "\(outcome.key)")
            for example in examples {
                #expect(example.json["summary"]?.string == outcome.cause)
                let description = example.json["description"]?.string ?? ""
                switch outcome.provenance {
                case .documented(let page):
                    #expect(description == "Documented: https://docs.instacart.com\(page)")
                case .assumed(let basis, let assumption):
                    #expect(description.hasPrefix("Assumed: \(basis)"))
                    #expect(description.contains("--assume") == (assumption != nil))
                    #expect(description.contains(assumption?.rawValue ?? ""))
                }
            }
        }
    }

    @Test("refers to nothing that it does not have, gives no name twice and is finished")
    func whole() async throws {
        let document = try await OpenAPI.usual.value
        let parts = document.document.descendants
        for reference in Set(parts.compactMap { $0["$ref"]?.string }) {
            let names = reference.split(separator: "/")
            let target = names.dropFirst().reduce(document.document) { $0[String($1)] ?? .null }
            #expect(names.first == "#" && target != .null, "\(reference)")
        }
        let ids = document.operations.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(parts.flatMap(\.names).filter { $0.hasPrefix("x-") } == [])
        #expect(document.operations.allSatisfy { !$0.responses.isEmpty })
    }

    @Test("is that of the server that gives it")
    func settings() async throws {
        let settings = try Settings(sources: [
            .flags([
                .publicURL: ["https://connect.example.net/sandbox"], .authorizePath: ["/login/oauth/authorize"],
                .noFaultHeader: ["true"],
            ])
        ])
        let document = try await OpenAPI(settings)
        try await withSandbox(settings: settings) { sandbox in
            #expect(document.document["openapi"] == "3.1.0")
            #expect(document.document["info"]?["version"]?.string == SandboxVersion.current)
            #expect(document.document["servers"] == [["url": "https://connect.example.net/sandbox"]])
            let described = Set(document.operations.map(\.route))
            let served = Set(try servedRoutes(settings: settings, database: sandbox.database))
            #expect(described == served)
            #expect(document.document.descendants.contains { $0["name"] == "X-Sandbox-Fault" } == false)
        }
    }

    @Test("asks for the control token where the server does")
    func controlToken() async throws {
        let settings = try Settings(sources: [.flags([.controlToken: ["secret"]])])
        try await withSandbox(settings: settings) { sandbox in
            let refused = try await sandbox.control(.get, "/openapi.json")
            #expect(refused.status == 401)
            let reply = try await sandbox.control(.get, "/openapi.json", headers: ["Authorization": "Bearer secret"])
            let path = try #require(reply.json["paths"]?["/_sandbox/info"]?["get"])
            #expect(path["security"] == [["control_token": []]])
            let codes = path["responses"]?["401"]?["content"]?["application/json"]?["examples"]?.names
            #expect(codes == ["control_token_required"])
        }
    }
}
