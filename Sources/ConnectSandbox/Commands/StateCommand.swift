import ArgumentParser
import ConnectServer
import Foundation

/// `connect-sandbox state`: what a retailer, or the whole sandbox, holds.
struct StateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Export, import and reset what a retailer holds.",
        subcommands: [Export.self, Import.self, Reset.self]
    )

    /// One retailer, or all of them.
    struct Options: ControlOptions {
        @Flag(help: "The whole sandbox, with every retailer.")
        var all = false

        @OptionGroup var retailer: RetailerOptions

        var connection: ConnectionOptions { retailer.connection }

        /// What is meant, in a sentence.
        var name: String { all ? "the whole sandbox" : "the retailer \(retailer.retailerID)" }

        func validate() throws {
            if all, retailer.retailer != nil { throw ValidationError("--all and --retailer exclude each other") }
        }

        func path(_ last: String, query: KeyValuePairs<String, String>) -> ControlPath {
            all ? ControlPath([last], query: query) : retailer.path(last, query: query)
        }
    }
}

extension StateCommand {
    struct Export: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a state document, in YAML.",
            discussion: "It is JSON with --json, or where the file's name ends in .json."
        )

        @Argument(help: ArgumentHelp("File to write; standard output where it is left out.", valueName: "file"))
        var file: StateFile?

        @Flag(help: "With codes and tokens.")
        var tokens = false

        @OptionGroup var options: StateCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.path("state", query: tokens ? ["tokens": "true"] : [:])
            let isJSON = session.printsJSON || file?.isNamedJSON == true
            let document = try await session.client.send(.get, path, accepting: isJSON ? .json : .yaml)
            guard let file, !file.isStandardStream else { return try StandardOutput.write(line: document) }
            try file.write(document.endingWithLineBreak)
            try session.confirm("wrote the state of \(options.name) to \(file.name)")
        }
    }

    struct Import: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace what is there by a state document, all at once.",
            discussion: """
                A retailer keeps its applications and its name where the document has none. A document with several \
                retailers takes --all, and then no other retailer stays.
                """
        )

        @Argument(help: ArgumentHelp("State document in YAML or JSON, or - for standard input.", valueName: "file"))
        var file: StateFile

        @Flag(help: "Replace codes and tokens, too.")
        var tokens = false

        @OptionGroup var options: StateCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.path("state", query: tokens ? ["tokens": "true"] : [:])
            try session.show(state: await session.send(.put, path, document: file), of: options)
        }
    }

    struct Reset: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go back to the document that a retailer was created from.",
            discussion: "Tokens of client credentials live on, so that an application under test may keep its own."
        )

        @Flag(help: "Revoke the tokens of client credentials, too.")
        var revokeTokens = false

        @OptionGroup var options: StateCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.path("reset", query: revokeTokens ? ["tokens": "revoke"] : [:])
            try session.show(state: await session.send(.post, path), of: options)
        }
    }
}

extension ControlSession {
    /// Shows what is there after a change to the state.
    fileprivate func show(state answer: Data, of options: StateCommand.Options) throws {
        if options.all {
            try show(answer, as: RetailerList.self)
        } else {
            try show(answer, as: RetailerAnswer.self)
        }
    }
}
