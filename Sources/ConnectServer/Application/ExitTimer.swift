import Logging
import ServiceLifecycle

/// Ends a server after a time.
struct ExitTimer: Service {
    let seconds: Int64
    let logger: Logger

    func run() async throws {
        let isOver = await cancelWhenGracefulShutdown {
            (try? await Task.sleep(for: .seconds(seconds))) != nil
        }
        if isOver {
            logger.notice(
                "stopping: the time of --exit-after is over",
                metadata: ["seconds": .stringConvertible(seconds)]
            )
        }
    }
}
