import ArgumentParser

/// Options that name a running server.
protocol ControlOptions: ParsableArguments {
    var connection: ConnectionOptions { get }
}

/// A command that asks a running server.
protocol ControlCommand: AsyncParsableCommand {
    associatedtype Options: ControlOptions

    var options: Options { get }

    /// - Parameter session: The server.
    /// - Throws: What is told as a sentence, with exit code 1.
    func run(in session: ControlSession) async throws
}

extension ControlCommand {
    func run() async throws {
        let session = try options.connection.session()
        try await tellingFailure { try await run(in: session) }
    }
}
