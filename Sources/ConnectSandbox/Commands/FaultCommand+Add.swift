import ArgumentParser
import ConnectCore
import ConnectServer

extension FaultCommand {
    struct Add: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let requests fail, or wait.",
            discussion: """
                It is for every request of the retailer unless --endpoint, --path or --method says for which, and hits \
                the first of them once.
                """
        )

        @Option(help: ArgumentHelp("Endpoint, such as get_user_link.", valueName: "name"))
        var endpoint: String?

        @Option(help: ArgumentHelp("Path, in which * stands for any text.", valueName: "pattern"))
        var path: String?

        @Option(help: ArgumentHelp("Method.", valueName: "method"))
        var method: String?

        @Option(help: ArgumentHelp("Answer this, such as get_user_link.user_not_found.", valueName: "key"))
        var outcome: String?

        @Option(help: ArgumentHelp("Answer 408, 429, 500 or 503.", valueName: "number"))
        var status: Int?

        @Option(help: ArgumentHelp("Break the connection, or the body of the answer.", valueName: "kind"))
        var wire: WireFault?

        @Option(help: ArgumentHelp("Hold the answer back, in milliseconds: 250, or 100-500.", valueName: "ms"))
        var latency: LatencyArgument?

        @Option(help: ArgumentHelp("First request to hit, counted from 1. (default: 1)", valueName: "number"))
        var nth: Int?

        @Option(help: ArgumentHelp("How many requests to hit. (default: 1)", valueName: "count"))
        var times: Int?

        @Flag(help: "Hit without end.")
        var always = false

        @Option(help: ArgumentHelp("How likely each is hit, such as 0.5. (default: 1)", valueName: "chance"))
        var probability: Double?

        @Option(help: ArgumentHelp("What chance and latency are drawn from.", valueName: "number"))
        var seed: UInt64?

        @OptionGroup var options: RetailerOptions

        func validate() throws {
            if endpoint != nil, path != nil { throw ValidationError("--endpoint and --path exclude each other") }
            if times != nil, always { throw ValidationError("--times and --always exclude each other") }
            let answers = [outcome != nil, status != nil, wire != nil].count { $0 }
            if answers > 1 { throw ValidationError("--outcome, --status and --wire exclude each other") }
            if answers == 0, latency == nil {
                throw ValidationError("say what happens: --outcome, --status, --wire or --latency")
            }
        }

        func run(in session: ControlSession) async throws {
            let fields = FaultFields(
                endpoint: endpoint,
                path: path,
                method: method?.uppercased(),
                outcome: outcome,
                status: status,
                wire: wire?.rawValue,
                latency: latency?.fields,
                nth: nth,
                times: always ? .always : times.map { .count($0) },
                probability: probability,
                seed: seed
            )
            let answer = try await session.send(.post, options.path("faults"), fields)
            try session.show(answer, as: FaultAnswer.self)
        }
    }
}

extension WireFault: ExpressibleByArgument {}

/// A latency on the command line: milliseconds, or the least and the most of them.
struct LatencyArgument: ExpressibleByArgument {
    let fields: LatencyFields

    init?(argument: String) {
        guard let match = argument.wholeMatch(of: /([0-9]{1,9})(?:-([0-9]{1,9}))?/), let first = Int(match.1)
        else { return nil }
        guard let last = match.2 else {
            fields = LatencyFields(fixed: first)
            return
        }
        guard let last = Int(last), first <= last else { return nil }
        fields = LatencyFields(uniform: [first, last])
    }
}
