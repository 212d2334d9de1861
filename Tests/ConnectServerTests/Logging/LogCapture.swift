import ConnectCore
import ConnectServer
import Foundation
import Logging

/// A log that is written to a file, to be read again.
final class LogCapture: Sendable {
    static let time = Instant(secondsSinceEpoch: 1_767_225_600)

    let log: SandboxLog
    private let file: URL
    private let handle: FileHandle

    init(
        _ format: LogFormat,
        isColored: Bool = false,
        now: @escaping @Sendable () -> Instant = { LogCapture.time }
    ) throws {
        file = FileManager.default.temporaryDirectory.appending(path: "connect-sandbox-log-\(UUID().uuidString)")
        try Data().write(to: file)
        handle = try FileHandle(forWritingTo: file)
        log = SandboxLog(
            descriptor: handle.fileDescriptor,
            format: format,
            isColored: isColored,
            now: now
        )
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(at: file)
    }

    func logger(_ level: Logger.Level = .info) -> Logger {
        log.logger(level: level)
    }

    /// Everything that was logged.
    func text() throws -> String {
        log.flush()
        return try String(contentsOf: file, encoding: .utf8)
    }

    func lines() throws -> [String] {
        try text().split(separator: "\n").map(String.init)
    }
}
