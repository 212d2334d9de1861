import ArgumentParser
import ConnectServer

/// `connect-sandbox application`: the applications of a retailer.
struct ApplicationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application",
        abstract: "List, create, change and delete applications.",
        subcommands: [
            List.self, Create.self, Show.self, Clone.self, Enable.self, Disable.self, RotateSecret.self, Set.self,
            Delete.self,
        ]
    )

    /// One application of a retailer.
    struct Options: ControlOptions {
        @Argument(help: ArgumentHelp("Client ID of the application.", valueName: "client-id"))
        var clientID: Identifier

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }
        var path: ControlPath { retailer.path("applications", clientID.rawValue) }
    }
}

extension ApplicationCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "List a retailer's applications.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path("applications")), as: ApplicationList.self)
        }
    }

    struct Create: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create an application.",
            discussion: "Credentials are made up where they are left out."
        )

        @Option(
            name: .customLong("redirect-uri"),
            help: ArgumentHelp("Redirect URI to register. Repeatable.", valueName: "uri")
        )
        var redirectURIs: [String]

        @Option(help: ArgumentHelp("Client ID.", valueName: "id"))
        var clientID: String?

        @Option(help: ArgumentHelp("Client secret.", valueName: "secret"))
        var clientSecret: String?

        @Option(help: ArgumentHelp("Name, as the consent page shows it.", valueName: "name"))
        var name: String?

        @Option(
            name: .customLong("scope"),
            help: ArgumentHelp("Scope to allow. Repeatable. (default: all)", valueName: "scope")
        )
        var scopes: [String] = []

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = ApplicationFields(
                clientID: clientID,
                clientSecret: clientSecret,
                name: name,
                scopes: scopes.isEmpty ? nil : scopes,
                redirectURIs: redirectURIs
            )
            let answer = try await session.send(.post, options.path("applications"), fields)
            try session.show(answer, as: ApplicationAnswer.self)
        }
    }

    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show an application.")

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path), as: ApplicationAnswer.self)
        }
    }

    struct Clone: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an application like another one, with credentials of its own.",
            discussion: "Credentials are made up where they are left out."
        )

        @Option(name: .customLong("client-id"), help: ArgumentHelp("Client ID of the clone.", valueName: "id"))
        var cloneID: String?

        @Option(
            name: .customLong("client-secret"),
            help: ArgumentHelp("Client secret of the clone.", valueName: "secret")
        )
        var cloneSecret: String?

        @Option(
            name: .customLong("name"),
            help: ArgumentHelp("Name of the clone, as the consent page shows it.", valueName: "name")
        )
        var cloneName: String?

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.retailer.path("applications", options.clientID.rawValue, "clone")
            let fields = ApplicationFields(clientID: cloneID, clientSecret: cloneSecret, name: cloneName)
            try session.show(await session.send(.post, path, fields), as: ApplicationAnswer.self)
        }
    }

    struct Delete: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an application with its codes and tokens."
        )

        @OptionGroup var options: ApplicationCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path)
            try session.confirm("deleted the application \(options.clientID.rawValue)")
        }
    }
}
