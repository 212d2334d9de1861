import ConnectStorage
import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer whose document has grown past 8 MiB by what was made up for it")
struct LargeOriginTests {
    /// Each application without a name is given the retailer's.
    private static let document: String = {
        let name = String(repeating: "n", count: 100_000)
        let applications = Array(repeating: "{redirect_uris: []}", count: 90).joined(separator: ", ")
        return "{id: large, name: \"\(name)\", applications: [\(applications)], connect_users: [{user_id: ann}]}"
    }()

    private static let users = "/retailers/large/connect_users"

    @Test("is reset, alone and with everything")
    func reset() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let state = try await sandbox.state(of: "large")
            #expect(Self.document.utf8.count < 200_000)
            #expect(state.utf8.count > StateDocument.maximumSize)
            for path in ["/retailers/large/reset", "/reset"] {
                try await sandbox.control(.delete, "\(Self.users)/ann").succeeded()
                let reply = try await sandbox.control(.post, path)
                #expect(reply.status == 200)
                let user = try await sandbox.control(.get, "\(Self.users)/ann")
                #expect(user.status == 200)
            }
        }
    }

    @Test("is replaced with everything, and can be reset afterwards")
    func replacement() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let reply = try await sandbox.control(.put, "/state", yaml: "retailers: [{id: large}]")
            #expect(reply.status == 200)
            let gone = try await sandbox.control(.get, "\(Self.users)/ann")
            #expect(gone.status == 404)
            try await sandbox.control(.post, "/retailers/large/reset").succeeded()
            let user = try await sandbox.control(.get, "\(Self.users)/ann")
            #expect(user.status == 200)
        }
    }
}
