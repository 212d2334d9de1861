package import ConnectCore
import Foundation
package import Logging

/// Where messages go, and how they look there.
package struct SandboxLog: Sendable {
    private let format: LogFormat
    private let isColored: Bool
    private let clock: LogClock
    private let writer: LogWriter

    /// - Parameters:
    ///   - descriptor: The file descriptor that is written to.
    ///   - format: How messages look.
    ///   - isColored: Whether text has colours.
    ///   - now: The time.
    package init(
        descriptor: Int32,
        format: LogFormat,
        isColored: Bool = false,
        now: @escaping @Sendable () -> Instant
    ) {
        self.format = format
        self.isColored = isColored
        let clock = LogClock(now: now)
        self.clock = clock
        writer = LogWriter(descriptor: descriptor) { count in
            LogLine(
                time: clock.text,
                level: .warning,
                message: "messages were lost, since nobody read them in time",
                fields: ["count": .stringConvertible(count)]
            )
            .rendered(as: format, isColored: isColored)
        }
    }

    /// What messages are given to.
    ///
    /// - Parameter level: The least severe ones that are written.
    /// - Returns: The logger.
    package func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "connect-sandbox") { _ in Handler(log: self) }
        logger.logLevel = level
        return logger
    }

    /// Waits until everything is written, but no longer than a second.
    package func flush() {
        writer.flush(within: 1)
    }

    /// Whether text that goes to a file descriptor is to have colours: on a terminal, unless `NO_COLOR` is set, whatever
    /// to (no-color.org), or the terminal is none to speak of.
    ///
    /// - Parameters:
    ///   - descriptor: The file descriptor.
    ///   - environment: All variables.
    /// - Returns: Whether it is.
    package static func isColored(descriptor: Int32, environment: [String: String]) -> Bool {
        isatty(descriptor) == 1 && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    private func write(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata) {
        let line = LogLine(time: clock.text, level: level, message: message, fields: fields)
        writer.append(line.rendered(as: format, isColored: isColored))
    }

    private struct Handler: LogHandler {
        let log: SandboxLog
        var logLevel = Logger.Level.info
        var metadata = Logger.Metadata()
        var metadataProvider: Logger.MetadataProvider?

        init(log: SandboxLog) {
            self.log = log
        }

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            var fields = metadata
            if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
            if let own = event.metadata { fields.merge(own) { $1 } }
            if let error = event.error { fields["error"] = "\(error)" }
            log.write(event.level, event.message.description, fields)
        }
    }
}

extension LogLine {
    fileprivate func rendered(as format: LogFormat, isColored: Bool) -> String {
        switch format {
        case .text: text(isColored: isColored)
        case .json: json()
        }
    }
}
