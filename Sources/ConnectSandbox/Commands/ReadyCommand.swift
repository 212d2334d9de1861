import ArgumentParser
import ConnectServer

/// `connect-sandbox ready`: asks a running server whether it is ready, for health checks and scripts.
struct ReadyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready",
        abstract: "Exit 0 when a running server is ready.",
        discussion: """
            Without --url it asks CONNECT_SANDBOX_URL, or the port of CONNECT_SANDBOX_PORT on CONNECT_SANDBOX_HOST, \
            as the server itself would read them.
            """
    )

    @Flag(help: "Keep asking until it is ready or the time is over.")
    var wait = false

    @Option(help: ArgumentHelp("How long to ask, such as 500ms, 30s or 2m.", valueName: "duration"))
    var timeout = Timeout(.seconds(30))

    @Option(help: ArgumentHelp("Base address of the server.", valueName: "url"))
    var url: String?

    func validate() throws {
        // What is wrong is told with the command's own usage.
        _ = try ServerAddress(flag: url)
    }

    func run() async throws {
        let server = try ServerAddress(flag: url)
        try await tellingFailure {
            let check = ReadinessCheck(server: server)
            guard let problem = await check.problem(within: timeout.duration, retrying: wait) else { return }
            throw CommandFailure(description: "\(server) is not ready: \(problem)")
        }
    }
}

/// A duration on the command line.
struct Timeout: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let match = argument.wholeMatch(of: /(\d{1,9})(ms|s|m)/), let count = Int64(match.1) else { return nil }
        switch match.2 {
        case "ms": duration = .milliseconds(count)
        case "s": duration = .seconds(count)
        default: duration = .seconds(count * 60)
        }
    }

    /// As it can be read again.
    var text: String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds != 0 else { return "\(seconds)s" }
        return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
    }

    var defaultValueDescription: String { text }
}
