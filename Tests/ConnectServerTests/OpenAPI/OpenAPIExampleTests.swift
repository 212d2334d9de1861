import ConnectCore
import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Examples of the OpenAPI document")
struct OpenAPIExampleTests {
    /// The answers that the document has under an outcome's key.
    private typealias Examples = [String: [OpenAPI.Example]]

    @Test("are what golden exchanges are answered: refusals to the letter, everything by the schema")
    func goldens() async throws {
        var documents: [Set<Assumption>: Examples] = [:]
        for golden in try Golden.all() {
            guard let json = golden.response.json else { continue }
            let assumptions = golden.settings.choices.assumptions
            if documents[assumptions] == nil { documents[assumptions] = try await examples(golden.settings) }
            let examples = try #require(documents[assumptions]?[golden.outcome], "\(golden.name)")
            #expect(examples.contains { $0.schema?.flaws(of: json) == [] }, "\(golden.name)")
            #expect(examples.allSatisfy { $0.status == golden.response.status }, "\(golden.name)")
            // Of successes and of several errors there is more than one.
            let isVariable = golden.response.status == 200 || golden.outcome.hasSuffix(".multiple_errors")
            #expect(isVariable || examples.contains { $0.json["value"] == json }, "\(golden.name)")
            guard let challenge = golden.response.headers["WWW-Authenticate"] else { continue }
            let shown = examples.map { $0.challenge }
            #expect(shown.contains(challenge), "\(golden.name)")
        }
    }

    @Test("are of the schema of their answer", arguments: [[], Set(Assumption.allCases)])
    func schemas(assumptions: Set<Assumption>) async throws {
        var settings = Settings()
        settings.choices.assumptions = assumptions
        for (key, examples) in try await examples(settings) {
            for example in examples {
                guard let value = example.json["value"], let schema = example.schema else { continue }
                #expect(schema.flaws(of: value) == [], "\(key)")
            }
        }
    }

    @Test("are what is answered where the header X-Sandbox-Fault asks for the outcome", arguments: Endpoint.allCases)
    func faults(_ endpoint: Endpoint) async throws {
        let document = try await OpenAPI.usual.value
        try await withSandbox { sandbox in
            for operation in document.operations(of: endpoint) {
                let method = try #require(HTTPRequest.Method(operation.route.method))
                let path = operation.route.path.replacing("{user_id}", with: "1")
                let taken = operation.faults
                for example in document.examples(of: operation) where taken.contains(example.key) {
                    let reply = try await sandbox.send(method, path, headers: ["X-Sandbox-Fault": example.key])
                    #expect(reply.status == example.status, "\(example.key)")
                    #expect(reply.outcome == example.key)
                    if let value = example.json["value"] { #expect(reply.json == value, "\(example.key)") }
                    #expect(reply.header("WWW-Authenticate") == example.challenge, "\(example.key)")
                }
                let made = Outcome.catalogue.filter { $0.canAnswer(endpoint) }.map(\.key)
                #expect(taken.isSuperset(of: made))
            }
        }
    }

    private func examples(_ settings: Settings) async throws -> Examples {
        let isUsual = settings.choices.assumptions.isEmpty
        let document = isUsual ? try await OpenAPI.usual.value : try await OpenAPI(settings)
        let examples = Endpoint.allCases.flatMap(document.operations).flatMap(document.examples)
        return Dictionary(grouping: examples, by: \.key)
    }
}

extension OpenAPI.Example {
    /// The `WWW-Authenticate` header that goes with it, where there is one.
    fileprivate var challenge: String? {
        response["headers"]?["WWW-Authenticate"]?["examples"]?[key]?["value"]?.string
    }
}

extension OpenAPI.Operation {
    /// What the header X-Sandbox-Fault takes, but for latencies.
    fileprivate var faults: Set<String> {
        let header = json["parameters"]?.elements.first { $0["name"] == "X-Sandbox-Fault" }
        let words = header?["schema"]?["anyOf"]?.elements.compactMap { $0["enum"] }.flatMap(\.elements) ?? []
        return Set(words.compactMap(\.string))
    }
}
