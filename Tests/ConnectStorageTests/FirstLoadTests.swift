import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("What a database begins with")
struct FirstLoadTests {
    let world = TestEnvironment()

    static let shop = """
        id: shop
        applications: [{client_id: demo-client, client_secret: s, redirect_uris: [https://example.org/cb]}]
        """

    static func document(_ text: String) throws -> StateDocument {
        try StateDocument(parsing: text, source: "state.yaml")
    }

    /// Starts on a file as `serve` does, and closes it after the work.
    ///
    /// - Parameters:
    ///   - file: The database.
    ///   - document: What `--state` names, if it names anything.
    ///   - work: What happens until the server stops.
    /// - Returns: The ids of the retailers that there were at the start.
    /// - Throws: What opening, loading and the work do.
    @discardableResult
    func serve(
        _ file: URL,
        state document: String? = nil,
        _ work: (SandboxDatabase) async throws -> Void = { _ in }
    ) async throws -> [String] {
        let database = try SandboxDatabase.open(path: file.path, environment: world.environment)
        if let document {
            try await database.loadMissing([Self.document(document)])
        } else {
            try await database.loadIfNew(StateDocument.demo())
        }
        let ids = try await database.retailers().map(\.id.rawValue)
        try await work(database)
        try database.close()
        return ids
    }

    @Test("is the demo, which is then as it was left")
    func demo() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let first = try await serve(file) { database in try await database.requestDeletion(of: "johnsmith6000") }
            let second = try await serve(file) { database in
                let refusal = await refused { try await database.status(of: "johnsmith6000") }
                #expect(refusal?.outcome == Outcome.GetUserLink.userNotActive)
            }

            #expect(first == ["demo"])
            #expect(second == ["demo"])
        }
    }

    @Test("is not the demo again after it was deleted")
    func deleted() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            try await serve(file) { database in try await database.control(of: .demo).delete() }

            #expect(try await serve(file).isEmpty)
            #expect(try await serve(file).isEmpty)
        }
    }

    @Test("is not the demo where another retailer has taken its client_id")
    func taken() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            try await serve(file) { database in
                try await database.replaceAll(with: Self.document(Self.shop), keepsTokens: false)
            }

            #expect(try await serve(file) == ["shop"])
        }
    }

    @Test("is not the demo where a state document came first, whatever has become of that")
    func document() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let first = try await serve(file, state: Self.shop)
            let second = try await serve(file) { database in
                try await database.control(of: RetailerID(rawValue: "shop")).delete()
            }

            #expect(first == ["shop"])
            #expect(second == ["shop"])
            #expect(try await serve(file).isEmpty)
            #expect(try await serve(file, state: Self.shop) == ["shop"])
        }
    }
}
