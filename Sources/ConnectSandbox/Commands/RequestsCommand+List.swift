import ArgumentParser
import ConnectServer
import Foundation

extension RequestsCommand {
    struct List: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was asked, the latest last, or follow it as it comes.",
            discussion: """
                --follow begins with what comes from now on, or after the id of --since, and ends with the server or \
                with Ctrl-C. With --json it prints a line for each request; a list has the latest first then, as the \
                server answers it.
                """
        )

        @Flag(help: "Print what is asked as it comes.")
        var follow = false

        @OptionGroup var filter: RequestFilter

        @Option(help: ArgumentHelp("Only before this id.", valueName: "id"))
        var before: Int?

        @Option(help: ArgumentHelp("How many at most, the latest. (default: 100)", valueName: "count"))
        var limit: Int?

        @OptionGroup var options: RequestsCommand.Options

        func validate() throws {
            guard follow else { return }
            if before != nil { throw ValidationError("--follow and --before exclude each other") }
            if limit != nil { throw ValidationError("--follow and --limit exclude each other") }
            if filter.since?.isID == false { throw ValidationError("with --follow, --since takes an id") }
        }

        func run(in session: ControlSession) async throws {
            if follow { return try await follow(in: session) }
            let numbers = [("before", before), ("limit", limit)]
            let path = options.path().adding(filter.parameters)
                .adding(numbers.compactMap { name, number in number.map { (name: name, value: $0.description) } })
            try session.show(await session.send(.get, path), of: options)
        }
    }
}

extension RequestsCommand.List {
    private func follow(in session: ControlSession) async throws {
        let source = EventSource(client: session.client, path: options.path("stream").adding(filter.likeness))
        try await source.follow(after: filter.since?.text ?? "") { news in
            switch news {
            case .event(let event):
                try session.show(event, showingRetailer: options.all)
            case .connectionLost(isResumable: true):
                StandardError.tell("the connection is lost; trying again")
            case .connectionLost(isResumable: false):
                StandardError.tell("the connection is lost; trying again, without what is asked meanwhile")
            }
        }
        StandardError.tell("the server has ended the stream; it is shutting down")
    }
}

extension ControlSession {
    /// Prints an event on a line of its own.
    fileprivate func show(_ event: EventStream.Event, showingRetailer: Bool) throws {
        let data = Data(event.data.replacing("\n", with: " ").utf8)
        switch event.name {
        case "exchange":
            try show(data, as: ExchangeAnswer.self) { $0.line(showingRetailer: showingRetailer) }
        case "gap":
            try show(data, as: GapAnswer.self)
        default:
            // A newer server may have more to say.
            break
        }
    }
}
