import ArgumentParser
import ConnectCore

/// An id on the command line: an empty one would make another path of it.
struct Identifier: ExpressibleByArgument {
    let rawValue: String

    init?(argument: String) {
        guard !argument.isBlank else { return nil }
        rawValue = argument
    }
}

/// A date on the command line, such as `2026-01-01T00:00:00Z`.
struct DateArgument: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        guard Instant(iso8601: argument) != nil else { return nil }
        text = argument
    }
}

/// A duration on the command line, such as `P1Y`.
struct PeriodArgument: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        guard Period(argument) != nil else { return nil }
        text = argument
    }
}
