import ArgumentParser
import ConnectCore

/// Which recorded requests are meant.
struct RequestFilter: ParsableArguments {
    @Option(help: ArgumentHelp("Only of this endpoint, such as get_user_link.", valueName: "name"))
    var endpoint: String?

    @Option(help: ArgumentHelp("Only with this outcome, such as get_user_link.success.", valueName: "key"))
    var outcome: String?

    @Option(help: ArgumentHelp("Only with this status.", valueName: "number"))
    var status: Int?

    @Option(help: ArgumentHelp("Only with this method.", valueName: "method"))
    var method: String?

    @Option(help: ArgumentHelp("Only with this path, in which * stands for any text.", valueName: "pattern"))
    var path: String?

    @Option(help: ArgumentHelp("Only after this id, or since this date.", valueName: "id or date"))
    var since: SinceArgument?

    /// What the requests are like.
    var likeness: [(name: String, value: String)] {
        let parameters = [
            ("endpoint", endpoint), ("outcome", outcome), ("status", status?.description),
            ("method", method?.uppercased()), ("path", path),
        ]
        return parameters.compactMap { name, value in value.map { (name: name, value: $0) } }
    }

    /// What they are like, and since when they came.
    var parameters: [(name: String, value: String)] {
        likeness + (since.map { [(name: "since", value: $0.text)] } ?? [])
    }
}

/// Where to begin, on the command line: after a request, or at a date such as `2026-01-01T00:00:00Z`.
struct SinceArgument: ExpressibleByArgument {
    let text: String
    let isID: Bool

    init?(argument: String) {
        isID = argument.wholeMatch(of: /[0-9]{1,18}/) != nil
        guard isID || Instant(iso8601: argument) != nil else { return nil }
        text = argument
    }
}
