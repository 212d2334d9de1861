import ArgumentParser
import ConnectCore
import ConnectServer
import Foundation
import Logging
import UnixSignals

/// `connect-sandbox serve`: runs the server until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server (the default)."
    )

    @OptionGroup var options: SettingOptions

    private var read = Held<ReadSettings>()

    mutating func validate() throws {
        // What is wrong is told with the command's own usage.
        read.value = try options.read()
    }

    func run() async throws {
        let read = try read.value ?? options.read()
        let settings = read.settings
        let log = SandboxLog(
            descriptor: STDERR_FILENO,
            format: settings.logFormat,
            isColored: SandboxLog.isColored(
                descriptor: STDERR_FILENO,
                environment: ProcessInfo.processInfo.environment
            ),
            now: SandboxEnvironment.system.now
        )
        defer { log.flush() }
        let logger = log.logger(level: settings.logLevel)
        for variable in read.sources.flatMap(\.strangers) {
            logger.notice("\(variable) is ignored: there is no such setting")
        }
        do {
            try await runSandbox(
                settings: settings,
                environment: .system,
                logger: logger,
                signals: [.sigterm, .sigint],
                print: { text in try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }
            )
        } catch {
            switch settings.logFormat {
            case .text: StandardError.tell("\(error)")
            case .json: logger.critical("\(error)")
            }
            throw ExitCode.failure
        }
    }
}
