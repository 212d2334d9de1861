import ArgumentParser
import ConnectServer

/// `connect-sandbox retailer`: the retailers of a running server.
struct RetailerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retailer",
        abstract: "List, create, show and delete retailers.",
        subcommands: [List.self, Create.self, Show.self, Delete.self]
    )
}

extension RetailerCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "List all retailers.")

        @OptionGroup var options: ConnectionOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, ControlPath(["retailers"])), as: RetailerList.self)
        }
    }

    struct Create: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a retailer.",
            discussion: "What the document leaves out is made up: ids, credentials and an application to begin with."
        )

        @Argument(help: ArgumentHelp("State document of one retailer, or - for standard input.", valueName: "file"))
        var file: StateFile?

        @OptionGroup var options: ConnectionOptions

        func run(in session: ControlSession) async throws {
            let path = ControlPath(["retailers"])
            let answer =
                if let file {
                    try await session.send(.post, path, document: file)
                } else {
                    try await session.send(.post, path)
                }
            try session.show(answer, as: NewRetailerAnswer.self)
        }
    }

    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show a retailer.")

        @Argument(help: ArgumentHelp("Retailer.", valueName: "id"))
        var id: Identifier

        @OptionGroup var options: ConnectionOptions

        func run(in session: ControlSession) async throws {
            let path = ControlPath(["retailers", id.rawValue])
            try session.show(await session.send(.get, path), as: RetailerAnswer.self)
        }
    }

    struct Delete: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a retailer and all that belongs to it."
        )

        @Argument(help: ArgumentHelp("Retailer.", valueName: "id"))
        var id: Identifier

        @OptionGroup var options: ConnectionOptions

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, ControlPath(["retailers", id.rawValue]))
            try session.confirm("deleted the retailer \(id.rawValue)")
        }
    }
}
