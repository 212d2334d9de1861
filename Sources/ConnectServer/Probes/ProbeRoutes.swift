import ConnectStorage
import Hummingbird

/// Tells whether the process answers (`/livez`), and whether its database does too (`/readyz`).
struct ProbeRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/livez") { _, _ in "ok\n" }
        router.get("/readyz") { _, _ in
            do {
                try await database.ping()
                return "ok\n"
            } catch {
                throw ControlError.unavailable
            }
        }
    }
}
