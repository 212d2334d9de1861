import ArgumentParser
import ConnectCore
import ConnectServer
import Foundation

/// What every command takes that asks a running server.
struct ConnectionOptions: ControlOptions {
    @Option(
        help: ArgumentHelp(
            "Base address of the server. (default: CONNECT_SANDBOX_URL, or where serve would listen)",
            valueName: "url"
        )
    )
    var url: String?

    @Option(
        help: ArgumentHelp(
            "The server's --control-token. (default: CONNECT_SANDBOX_CONTROL_TOKEN)",
            valueName: "token"
        )
    )
    var controlToken: String?

    @Flag(help: "Print the server's JSON as it is.")
    var json = false

    var connection: ConnectionOptions { self }

    private var settings = Held<ClientSettings>()

    mutating func validate() throws {
        // What is wrong is told with the command's own usage.
        settings.value = try read()
    }

    /// The server that these options name.
    ///
    /// - Throws: `ValidationError` where they name none.
    func session() throws -> ControlSession {
        let settings = try settings.value ?? read()
        return ControlSession(
            client: ControlClient(server: settings.server, token: settings.controlToken),
            printsJSON: json
        )
    }

    private func read() throws -> ClientSettings {
        do {
            let environment = ProcessInfo.processInfo.environment
            return try ClientSettings(url: url, controlToken: controlToken, environment: environment)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
