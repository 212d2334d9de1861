import ArgumentParser
import ConnectCore
import ConnectServer
import Foundation

/// What every command takes that asks a running server.
struct ConnectionOptions: ControlOptions {
    @Option(help: ArgumentHelp("Base address of the server. (default: CONNECT_SANDBOX_URL)", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "What the server was started with as its own. (default: CONNECT_SANDBOX_CONTROL_TOKEN)",
            valueName: "token"
        )
    )
    var controlToken: String?

    @Flag(help: "Print the server's JSON as it is.")
    var json = false

    var connection: ConnectionOptions { self }

    func validate() throws {
        // What is wrong is told with the command's own usage.
        _ = try session()
    }

    /// The server that these options name.
    ///
    /// - Throws: `ValidationError` where they name none.
    func session() throws -> ControlSession {
        ControlSession(
            client: ControlClient(server: try ServerAddress(flag: url), token: try token()),
            printsJSON: json
        )
    }

    private func token() throws -> String? {
        do {
            return try ControlClient.token(flag: controlToken, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw ValidationError(error.description)
        }
    }
}

extension ServerAddress {
    /// The server that a command asks.
    ///
    /// - Parameter flag: What `--url` says.
    /// - Throws: `ValidationError` where that, or the environment, names none.
    init(flag: String?) throws {
        do {
            try self.init(url: flag, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
