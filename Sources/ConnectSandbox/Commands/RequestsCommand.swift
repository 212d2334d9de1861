import ArgumentParser
import ConnectServer
import Foundation

/// `connect-sandbox requests`: what was asked of the server, and what it answered.
struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "List, count, follow and await what was asked.",
        discussion: "Secrets are redacted. How list is narrowed down: connect-sandbox requests list --help",
        subcommands: [List.self, Show.self, Count.self, Wait.self, Clear.self],
        defaultSubcommand: List.self
    )

    /// One retailer's requests, or all.
    struct Options: ControlOptions {
        @Flag(help: "The whole sandbox, with what belongs to no retailer.")
        var all = false

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }

        /// What is meant, in a sentence.
        var name: String { all ? "the whole sandbox" : "the retailer \(retailer.retailerID)" }

        func validate() throws {
            if all, retailer.retailer != nil { throw ValidationError("--all and --retailer exclude each other") }
        }

        func path(_ segments: String...) -> ControlPath {
            ControlPath((all ? [] : ["retailers", retailer.retailerID]) + ["requests"] + segments)
        }
    }
}

extension RequestsCommand {
    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a request with its answer, headers and bodies."
        )

        @Argument(help: ArgumentHelp("Id of the request.", valueName: "id"))
        var id: Int

        @OptionGroup var options: RequestsCommand.Options

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path(id.description)), as: ExchangeAnswer.self)
        }
    }

    struct Count: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Print how many requests there are.")

        @OptionGroup var filter: RequestFilter

        @OptionGroup var options: RequestsCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.path("count").adding(filter.parameters)
            try session.show(await session.send(.get, path), as: CountAnswer.self)
        }
    }

    struct Clear: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Forget what was asked.")

        @OptionGroup var options: RequestsCommand.Options

        func run(in session: ControlSession) async throws {
            try await session.send(.delete, options.path())
            try session.confirm("forgot the requests of \(options.name)")
        }
    }
}

extension ControlSession {
    /// Prints requests, in a table for people.
    func show(_ answer: Data, of options: RequestsCommand.Options) throws {
        try show(answer, as: ExchangeList.self) { list in
            ExchangeTable(exchanges: list.requests, showsRetailers: options.all).text
        }
    }
}
