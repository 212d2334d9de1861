import ArgumentParser
import ConnectServer

extension ApplicationCommand {
    struct Enable: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Let an application be used again.")

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.change(options, ApplicationFields(enabled: true))
        }
    }

    struct Disable: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse an application's requests.")

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.change(options, ApplicationFields(enabled: false))
        }
    }

    struct RotateSecret: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an application a fresh client secret."
        )

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.change(options, SecretRotation())
        }
    }

    struct Set: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change an application's name, scopes or redirect URIs.",
            discussion: "What is given takes the place of all that was there."
        )

        @Option(help: ArgumentHelp("Name, as the consent page shows it.", valueName: "name"))
        var name: String?

        @Option(name: .customLong("scope"), help: ArgumentHelp("Scope to allow. Repeatable.", valueName: "scope"))
        var scopes: [String] = []

        @Option(
            name: .customLong("redirect-uri"),
            help: ArgumentHelp("Redirect URI to register. Repeatable.", valueName: "uri")
        )
        var redirectURIs: [String] = []

        @OptionGroup var options: ApplicationCommand.Options

        func validate() throws {
            if name == nil, scopes.isEmpty, redirectURIs.isEmpty {
                throw ValidationError("name what to change: --name, --scope or --redirect-uri")
            }
        }

        func run(in session: ControlSession) async throws {
            let fields = ApplicationFields(
                name: name,
                scopes: scopes.isEmpty ? nil : scopes,
                redirectURIs: redirectURIs.isEmpty ? nil : redirectURIs
            )
            try await session.change(options, fields)
        }
    }
}

extension ControlSession {
    /// Changes an application and shows what has become of it.
    fileprivate func change(_ application: ApplicationCommand.Options, _ fields: some Encodable) async throws {
        try show(await send(.patch, application.path, fields), as: ApplicationAnswer.self)
    }
}
