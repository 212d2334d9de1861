import ConnectCore
import Foundation
import TestSupport
import Testing

/// An outcome that an endpoint can be told to answer with.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let endpoint: Endpoint
    let outcome: Outcome

    var testDescription: String { "\(outcome.key) at \(endpoint.name)" }

    /// Every one of the catalogue; pages and redirects depend on who asks.
    static let all = Endpoint.allCases.flatMap { endpoint in
        Outcome.catalogue.map { FaultCase(endpoint: endpoint, outcome: $0) }.filter(\.isPossible)
    }

    private var isPossible: Bool {
        guard outcome.endpoint ?? endpoint == endpoint else { return false }
        return switch outcome.answer {
        case .page, .redirect: false
        case .connectError: endpoint.family == .connect
        case .success, .oauthError, .connectErrors, .eitherError, .errorPage: true
        }
    }

    /// Expects an answer of this outcome, in the shape of the endpoint's family.
    func expect(_ reply: Reply) throws {
        #expect(reply.status == outcome.status)
        #expect(reply.outcome == outcome.key)
        #expect(outcome.isSuccess || reply.reason?.isEmpty == false)
        if outcome.status == 401, endpoint.family != .browser {
            #expect(reply.header("WWW-Authenticate")?.hasPrefix("Bearer ") == true)
        }
        switch (outcome.answer, endpoint.family) {
        case (.success(let example), _):
            #expect(reply.json == (try JSONValue(parsing: Data(example.utf8))))
        case (.connectErrors, _):
            #expect(reply.json["error"]?["code"] == 9999)
            #expect((reply.json["error"]?["errors"]?.elements.count ?? 0) >= 2)
        case (.connectError(let error), _), (.eitherError(let error, _), .connect):
            #expect(reply.json == Self.body(error))
        case (.oauthError(let error), _), (.eitherError(_, let error), .oauth):
            #expect(
                reply.json == ["error": .string(error.error), "error_description": .string(error.description)]
            )
        case (.errorPage(let error), _), (.eitherError(_, let error), .browser):
            #expect(reply.header("Content-Type")?.hasPrefix("text/html") == true)
            #expect(reply.text.contains(error.error))
            #expect(reply.header("Location") == nil)
        case (.page, _), (.redirect, _):
            Issue.record("\(outcome.key) is no fault")
        }
    }

    private static func body(_ error: ConnectError) -> JSONValue {
        [
            "error": [
                "message": .string(error.message), "code": error.code.map { .number(Double($0)) } ?? .null,
            ],
            "meta": error.key.map { ["key": .string($0)] } ?? [:],
        ]
    }
}
