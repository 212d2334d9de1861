import ArgumentParser
import ConnectServer

/// `connect-sandbox info`: how a running server was started.
struct InfoCommand: ControlCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show how a running server was started."
    )

    @OptionGroup var options: ConnectionOptions

    func run(in session: ControlSession) async throws {
        try session.show(await session.send(.get, ControlPath(["info"])), as: InfoAnswer.self)
    }
}
