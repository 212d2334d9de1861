import ConnectStorage
import HTTPTypes
import TestSupport
import Testing

@Suite("Probes")
struct ProbeTests {
    @Test("both answer 200 while the database does; without it only liveness does")
    func probes() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.send(.get, "/livez").status == 200)
            #expect(try await sandbox.send(.get, "/readyz").status == 200)
            try sandbox.database.close()
            #expect(try await sandbox.send(.get, "/livez").status == 200)
            let ready = try await sandbox.send(.get, "/readyz")
            #expect(ready.status == 503)
            #expect(ready.json["error"]?["code"] == "unavailable")
        }
    }
}
