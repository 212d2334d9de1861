import ArgumentParser
import ConnectServer
import Foundation

/// `connect-sandbox ready`: asks a running server whether it is ready, for health checks and scripts.
struct ReadyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready",
        abstract: "Exit 0 when a running server is ready.",
        discussion: """
            Without --url it asks CONNECT_SANDBOX_URL, or where the server would listen that is started with the same \
            variables and file.
            """
    )

    @Flag(help: "Keep asking until it is ready or the time is over.")
    var wait = false

    @Option(help: ArgumentHelp("How long to ask, such as 500ms, 30s or 2m.", valueName: "duration"))
    var timeout = Timeout(.seconds(30))

    @Option(help: ArgumentHelp("Base address of the server.", valueName: "url"))
    var url: String?

    private var address = Held<ServerAddress>()

    mutating func validate() throws {
        // What is wrong is told with the command's own usage.
        address.value = try server()
    }

    func run() async throws {
        let server = try address.value ?? server()
        try await tellingFailure {
            let check = ReadinessCheck(server: server)
            guard let problem = await check.problem(within: timeout.duration, retrying: wait) else { return }
            throw CommandFailure(description: "\(server) is not ready: \(problem)")
        }
    }

    private func server() throws -> ServerAddress {
        do {
            return try ServerAddress(url: url, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw ValidationError(error.description)
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
