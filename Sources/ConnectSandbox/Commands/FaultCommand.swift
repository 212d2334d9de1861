import ArgumentParser
import ConnectServer

/// `connect-sandbox fault`: the failures on demand of a retailer.
struct FaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fault",
        abstract: "List, add and delete failures on demand.",
        subcommands: [List.self, Add.self, Show.self, Delete.self, Clear.self]
    )

    /// One fault of a retailer.
    struct Options: ControlOptions {
        @Argument(help: ArgumentHelp("Id of the fault.", valueName: "id"))
        var id: Identifier

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }
        var path: ControlPath { retailer.path("faults", id.rawValue) }
    }
}

extension FaultCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "List a retailer's faults.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path("faults")), as: FaultList.self)
        }
    }

    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show a fault and how often it hit.")

        @OptionGroup var options: FaultCommand.Options

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path), as: FaultAnswer.self)
        }
    }

    struct Delete: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a fault.")

        @OptionGroup var options: FaultCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path)
            try session.confirm("deleted the fault \(options.id.rawValue)")
        }
    }

    struct Clear: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Delete all faults of a retailer.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path("faults"))
            try session.confirm("deleted the faults of the retailer \(options.retailerID)")
        }
    }
}
