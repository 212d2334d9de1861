import ArgumentParser
import ConnectServer
import Foundation

extension RequestsCommand {
    struct Wait: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Wait until something was asked.",
            discussion: "What was asked before counts. Exits 1, with what was asked instead, when the time is over."
        )

        @OptionGroup var filter: RequestFilter

        @Option(help: ArgumentHelp("How many requests to wait for.", valueName: "count"))
        var count = 1

        @Option(help: ArgumentHelp("How long to wait, such as 500ms or 5s; at most 60s.", valueName: "duration"))
        var timeout = Timeout(.seconds(5))

        @OptionGroup var options: RequestsCommand.Options

        func run(in session: ControlSession) async throws {
            let path = options.path("wait").adding(filter.parameters)
                .adding([(name: "count", value: count.description), (name: "timeout", value: timeout.text)])
            do {
                // The server takes as long as it is told to, and a little more.
                let answer = try await session.client.send(.get, path, within: timeout.duration + .seconds(30))
                try session.show(answer, of: options)
            } catch ControlClientError.refused(code: "wait_timeout", let message, let body) {
                if session.printsJSON {
                    try StandardOutput.write(line: body)
                    throw CommandFailure(description: message)
                }
                let seen = try session.decode(body, as: WaitTimeout.self)
                throw CommandFailure(description: seen.text(showingRetailers: options.all))
            }
        }
    }
}
