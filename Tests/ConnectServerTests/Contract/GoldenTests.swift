import ConnectCore
import Foundation
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Golden exchanges")
struct GoldenTests {
    /// By name; read once for all that are replayed.
    private static let goldens = Result {
        Dictionary(uniqueKeysWithValues: try Golden.all().map { ($0.name, $0) })
    }

    /// What no plain request brings about; faults do.
    private static let outOfReach: Set<Outcome> = [
        Outcome.Shared.requestTimeout, Outcome.Shared.internalError, Outcome.Shared.unavailable,
    ]

    /// What only a browser with a session reaches; `ConsentTests` show it.
    private static let behindSession: Set<Outcome> = [
        Outcome.Authorize.consentPage, Outcome.Authorize.signedIn, Outcome.Authorize.wrongPassword,
        Outcome.Authorize.rememberedConsent,
    ]

    @Test("each is answered to the letter, over a real socket", arguments: try Golden.all().map(\.name))
    func replay(name: String) async throws {
        let golden = try #require(try Self.goldens.get()[name])
        try await withSandbox(.live, state: Golden.state(), settings: golden.settings) { sandbox in
            let reply = try await golden.replay(against: sandbox)
            #expect(reply.status == golden.response.status)
            #expect(reply.headers["x-sandbox-outcome"] == golden.outcome)
            for (header, value) in golden.response.headers {
                let answered = reply.headers[header.lowercased()] ?? ""
                let shown = value.contains("{{token}}") ? answered.withTokenMasked : answered
                #expect(shown == value, "\(header)")
            }
            guard let expected = golden.response.json else { return }
            let json = try JSONValue(parsing: Data(reply.body.utf8))
            #expect(json.masked(where: expected) == expected)
        }
    }

    @Test("every outcome of the catalogue has one, but for those that no plain request brings about")
    func coverage() throws {
        let unshown = Self.outOfReach.union(Self.behindSession)
        let shown = Set(try Golden.all().map(\.outcome))
        let expected = Set(Outcome.catalogue.filter { !unshown.contains($0) }.map(\.key))
        #expect(shown == expected)
    }

    @Test("each agrees with the catalogue on its status, and lies in its endpoint's folder")
    func catalogue() throws {
        let outcomes = Dictionary(uniqueKeysWithValues: Outcome.catalogue.map { ($0.key, $0) })
        for golden in try Golden.all() {
            let outcome = try #require(outcomes[golden.outcome], "\(golden.name)")
            #expect(golden.response.status == outcome.status, "\(golden.name)")
            #expect(golden.name.hasPrefix("\(outcome.endpoint?.name ?? "any")/"), "\(golden.name)")
        }
    }

    @Test("each rests on a page, an RFC or a reason")
    func sources() throws {
        for golden in try Golden.all() {
            let source = try #require(golden.source.first, "\(golden.name)")
            #expect(golden.source.count == 1)
            switch source.key {
            case "page": #expect(source.value.hasPrefix("/"), "\(golden.name)")
            case "rfc": #expect(source.value.hasPrefix("RFC "), "\(golden.name)")
            default: #expect(source.key == "assumed" && source.value.hasSuffix("."), "\(golden.name)")
            }
        }
    }
}

extension String {
    /// Puts `{{token}}` in the place of the value of a query's `code`.
    fileprivate var withTokenMasked: String {
        replacing(/code=[A-Za-z0-9_-]{43}(?=&|$)/, with: "code={{token}}")
    }
}

extension JSONValue {
    /// Puts `{{token}}` in the place of tokens where the expectation has it.
    fileprivate func masked(where expected: JSONValue) -> JSONValue {
        switch (self, expected) {
        case (.string(let text), "{{token}}") where text.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil:
            return "{{token}}"
        case (.object(let fields), .object(let expectedFields)):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: fields.map { key, value in
                        (key, value.masked(where: expectedFields[key] ?? .null))
                    }
                )
            )
        default:
            return self
        }
    }
}
