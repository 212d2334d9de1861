import ArgumentParser
import ConnectServer

/// `connect-sandbox user`: the Connect users of a retailer.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "List, create, change and delete Connect users.",
        subcommands: [
            List.self, Create.self, Show.self, Deactivate.self, Reactivate.self, Delete.self, Unlink.self,
        ]
    )

    /// One Connect user of a retailer.
    struct Options: ControlOptions {
        @Argument(help: ArgumentHelp("Connect user.", valueName: "user-id"))
        var userID: Identifier

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }
        var path: ControlPath { retailer.path("connect_users", userID.rawValue) }
    }
}

extension UserCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "List a retailer's Connect users.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path("connect_users")), as: ConnectUserList.self)
        }
    }

    struct Create: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Create a Connect user.")

        @Argument(help: ArgumentHelp("Its id; a fresh one where it is left out.", valueName: "user-id"))
        var userID: Identifier?

        @Option(help: ArgumentHelp("First name.", valueName: "name"))
        var firstName: String?

        @Option(help: ArgumentHelp("Last name.", valueName: "name"))
        var lastName: String?

        @Option(help: ArgumentHelp("Phone number.", valueName: "number"))
        var phoneNumber: String?

        @Option(help: ArgumentHelp("Locale, such as en-US.", valueName: "locale"))
        var locale: String?

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = ConnectUserFields(
                userID: userID?.rawValue,
                firstName: firstName,
                lastName: lastName,
                phoneNumber: phoneNumber,
                locale: locale
            )
            let answer = try await session.send(.post, options.path("connect_users"), fields)
            try session.show(answer, as: ConnectUserAnswer.self)
        }
    }

    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show a Connect user.")

        @OptionGroup var options: UserCommand.Options

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path), as: ConnectUserAnswer.self)
        }
    }

    struct Deactivate: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a Connect user inactive, as a request for its deletion does."
        )

        @OptionGroup var options: UserCommand.Options

        func run(in session: ControlSession) async throws {
            let fields = ConnectUserFields(active: false)
            try session.show(await session.send(.patch, options.path, fields), as: ConnectUserAnswer.self)
        }
    }

    struct Reactivate: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Make a Connect user active again.")

        @OptionGroup var options: UserCommand.Options

        func run(in session: ControlSession) async throws {
            let fields = ConnectUserFields(active: true)
            try session.show(await session.send(.patch, options.path, fields), as: ConnectUserAnswer.self)
        }
    }

    struct Delete: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a Connect user with its link.")

        @OptionGroup var options: UserCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path)
            try session.confirm("deleted the Connect user \(options.userID.rawValue)")
        }
    }

    struct Unlink: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a Connect user's link away, as Instacart's customer service would."
        )

        @OptionGroup var options: UserCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.retailer.path("connect_users", options.userID.rawValue, "link")
            try await session.send(.delete, path)
            try session.confirm("unlinked the Connect user \(options.userID.rawValue)")
        }
    }
}
