import ArgumentParser
import ConnectServer

/// `connect-sandbox instacart-user`: the Instacart users that a retailer's customers are.
struct InstacartUserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instacart-user",
        abstract: "List, create, change and delete Instacart users.",
        subcommands: [List.self, Create.self, Show.self, Membership.self, Delete.self]
    )

    /// One Instacart user of a retailer.
    struct Options: ControlOptions {
        @Argument(help: ArgumentHelp("Id of the Instacart user.", valueName: "id"))
        var id: Int64

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }
        var path: ControlPath { retailer.path("instacart_users", id.description) }
    }
}

extension InstacartUserCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "List a retailer's Instacart users.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path("instacart_users")), as: InstacartUserList.self)
        }
    }

    struct Create: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create an Instacart user.",
            discussion: "Who is given an end is a member; a member without end is one for a year."
        )

        @Option(help: ArgumentHelp("E-mail address; a fresh one where it is left out.", valueName: "email"))
        var email: String?

        @Option(help: ArgumentHelp("Phone number.", valueName: "number"))
        var phone: String?

        @Option(help: ArgumentHelp("Password. (default: password)", valueName: "password"))
        var password: String?

        @OptionGroup var membership: MembershipOptions

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            var fields = membership.fields
            fields.email = email
            fields.phone = phone
            fields.password = password
            let answer = try await session.send(.post, options.path("instacart_users"), fields)
            try session.show(answer, as: InstacartUserAnswer.self)
        }
    }

    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show an Instacart user.")

        @OptionGroup var options: InstacartUserCommand.Options

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path), as: InstacartUserAnswer.self)
        }
    }

    struct Membership: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an Instacart user a member of Instacart+ or none, or change the end alone.",
            discussion: "Who becomes a member without an end to come is one for a year."
        )

        @OptionGroup var membership: MembershipOptions

        @OptionGroup var options: InstacartUserCommand.Options

        func validate() throws {
            if !membership.isGiven {
                throw ValidationError("name what to change: --member, --no-member, --expires-in or --expired-at")
            }
        }

        func run(in session: ControlSession) async throws {
            let answer = try await session.send(.patch, options.path, membership.changes)
            try session.show(answer, as: InstacartUserAnswer.self)
        }
    }

    struct Delete: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Delete an Instacart user with their link.")

        @OptionGroup var options: InstacartUserCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path)
            try session.confirm("deleted the Instacart user \(options.id)")
        }
    }
}
