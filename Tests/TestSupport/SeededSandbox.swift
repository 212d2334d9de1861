package import ConnectCore
import ConnectStorage
import HummingbirdTesting

/// Runs a test against a sandbox with a seed: its ids and tokens are not those of a sandbox without one.
///
/// - Parameters:
///   - seed: What its ids, codes and tokens come from.
///   - state: The state document to start from; the demo state where none is given.
///   - ahead: How far its real time is ahead of that of other test sandboxes, in milliseconds.
///   - startingClock: The clock of retailers whose document names none.
///   - body: The test.
/// - Throws: What the test throws.
package func withSeededSandbox(
    _ seed: UInt64,
    state: String? = nil,
    ahead: Int64 = 0,
    startingClock: RetailerClock = .real,
    _ body: @Sendable (Sandbox) async throws -> Void
) async throws {
    let environment = TestEnvironment()
    let realTime = environment.environment.now
    let database = try SandboxDatabase.inMemory(
        environment: .seeded(seed, now: { realTime().adding(milliseconds: ahead) }),
        choices: Choices(),
        startingClock: startingClock
    )
    let document = try state.map { try StateDocument(parsing: $0, source: "state") } ?? StateDocument.demo()
    try await database.loadMissing([document])
    try await withSandbox(.router, database: database, environment: environment, body)
}
