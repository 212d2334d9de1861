import ArgumentParser
import ConnectServer

/// The command `connect-sandbox`.
struct ConnectSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect-sandbox",
        abstract: "A local stand-in for Instacart Connect's development server.",
        discussion: """
            Every flag --some-flag of serve has an environment variable CONNECT_SANDBOX_SOME_FLAG; lists are \
            separated by commas. The file \(SettingSource.usualFile), in the working directory or named by --config, \
            has the same settings by the names of the flags. A flag wins over its variable, and that over the file.

            The other commands ask a running server: that of --url, of CONNECT_SANDBOX_URL, or the one that serve \
            would start with the same variables and file.
            """,
        version: SandboxVersion.current,
        subcommands: [
            ServeCommand.self, ConfigCommand.self, ReadyCommand.self, InfoCommand.self, LinkCommand.self,
            RetailerCommand.self,
            ApplicationCommand.self, UserCommand.self, InstacartUserCommand.self, StateCommand.self, ClockCommand.self,
            FaultCommand.self, RequestsCommand.self, ContractCommand.self,
        ],
        defaultSubcommand: ServeCommand.self
    )
}
