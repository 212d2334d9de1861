import ArgumentParser

/// The command `connect-sandbox`.
@main
struct ConnectSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect-sandbox",
        abstract: "A local stand-in for Instacart Connect's development server.",
        discussion: """
            Every flag --some-flag has an environment variable CONNECT_SANDBOX_SOME_FLAG; lists are separated by \
            commas. A flag wins over its variable.
            """,
        version: "0.1.0",
        subcommands: [ServeCommand.self, ReadyCommand.self],
        defaultSubcommand: ServeCommand.self
    )
}
