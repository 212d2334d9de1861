import ServiceLifecycle

/// Ends a server that has begun to listen and cannot go on.
struct FailureWatch: Service {
    let failures: AsyncStream<StartError>
    let end: AsyncStream<StartError>.Continuation

    func run() async throws {
        try await withGracefulShutdownHandler {
            for await failure in failures { throw failure }
        } onGracefulShutdown: {
            end.finish()
        }
    }
}
