import ArgumentParser
import ConnectServer

/// `connect-sandbox clock`: a retailer's clock.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Show and move a retailer's clock.",
        subcommands: [Show.self, Set.self, Advance.self, Freeze.self, Resume.self]
    )
}

extension ClockCommand {
    struct Show: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Show what time it is for a retailer.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            try session.show(await session.send(.get, options.path("clock")), as: ClockAnswer.self)
        }
    }

    struct Set: ControlCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a clock, which stands or runs on as before."
        )

        @Argument(help: ArgumentHelp("Such as 2026-01-01T00:00:00Z, or now for the real time.", valueName: "date"))
        var time: ClockFields.Time

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = ClockFields(now: time)
            try session.show(await session.send(.patch, options.path("clock"), fields), as: ClockAnswer.self)
        }
    }

    struct Advance: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Put a clock on.")

        @Argument(help: ArgumentHelp("How far, such as PT25H, P30D or P1Y.", valueName: "period"))
        var period: PeriodArgument

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = AdvanceFields(by: period.text)
            let answer = try await session.send(.post, options.path("clock", "advance"), fields)
            try session.show(answer, as: ClockAnswer.self)
        }
    }

    struct Freeze: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Stop a clock where it is.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = ClockFields(frozen: true)
            try session.show(await session.send(.patch, options.path("clock"), fields), as: ClockAnswer.self)
        }
    }

    struct Resume: ControlCommand {
        static let configuration = CommandConfiguration(abstract: "Let a clock run on from where it is.")

        @OptionGroup var options: RetailerOptions

        func run(in session: ControlSession) async throws {
            let fields = ClockFields(frozen: false)
            try session.show(await session.send(.patch, options.path("clock"), fields), as: ClockAnswer.self)
        }
    }
}

extension ClockFields.Time: ExpressibleByArgument {
    init?(argument: String) {
        if argument == "now" {
            self = .real
        } else if let date = DateArgument(argument: argument) {
            self = .date(date.text)
        } else {
            return nil
        }
    }
}
