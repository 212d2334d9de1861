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

    @Option(help: ArgumentHelp("Address to listen on. (default: 127.0.0.1)", valueName: "host"))
    var host: String?

    @Option(help: ArgumentHelp("Port to listen on; 0 picks a free one. (default: 4600)", valueName: "port"))
    var port: String?

    @Option(help: ArgumentHelp("File to write the bound port to once requests are answered.", valueName: "path"))
    var portFile: String?

    @Option(help: ArgumentHelp("Address under which others reach the server.", valueName: "url"))
    var publicURL: String?

    @Option(
        help: ArgumentHelp(
            "Database file, or :memory: for a throw-away. (default: connect-sandbox.sqlite)",
            valueName: "path"
        )
    )
    var database: String?

    @Option(
        help: ArgumentHelp(
            "State document to load where the database does not hold its retailer. Repeatable.",
            valueName: "file"
        )
    )
    var state: [String] = []

    @Option(help: ArgumentHelp("Client ID of the demo application. (default: demo-client)", valueName: "id"))
    var clientID: String?

    @Option(help: ArgumentHelp("Client secret of the demo application. (default: demo-secret)", valueName: "secret"))
    var clientSecret: String?

    @Option(
        name: .customLong("redirect-uri"),
        help: ArgumentHelp("Redirect URI to register for the demo application. Repeatable.", valueName: "uri")
    )
    var redirectURI: [String] = []

    @Option(
        help: ArgumentHelp(
            "Strictness to give up. Repeatable. (\(Relaxation.allCases.map(\.rawValue).joined(separator: ", ")))",
            valueName: "name"
        )
    )
    var relax: [String] = []

    @Option(
        help: ArgumentHelp(
            "Other answer where Instacart's pages are silent. Repeatable. "
                + "(\(Assumption.allCases.map(\.rawValue).joined(separator: ", ")))",
            valueName: "name"
        )
    )
    var assume: [String] = []

    @Option(help: ArgumentHelp("How long an authorization code lasts. (default: 10m)", valueName: "duration"))
    var codeLifetime: String?

    @Option(help: ArgumentHelp("How long an access token lasts. (default: 24h)", valueName: "duration"))
    var tokenLifetime: String?

    @Option(help: ArgumentHelp("Requests per second that one application may send.", valueName: "number"))
    var rateLimit: String?

    @Option(
        help: ArgumentHelp(
            "Make ids, codes and tokens repeatable, and clocks stand at \(SandboxEnvironment.seededStart.iso8601). "
                + "The database is then :memory: unless it is named.",
            valueName: "number"
        )
    )
    var seed: String?

    @Option(
        help: ArgumentHelp(
            "Host name that the sandbox's own routes accept besides local ones. Repeatable.",
            valueName: "name"
        )
    )
    var allowHost: [String] = []

    @Option(help: ArgumentHelp("Bearer token that every request for /_sandbox has to bring.", valueName: "token"))
    var controlToken: String?

    @Option(help: ArgumentHelp("Origin whose pages may read Instacart's API.", valueName: "origin"))
    var corsOrigin: String?

    @Option(help: ArgumentHelp("Path of the authorization URL. (default: /oauth/authorize)", valueName: "path"))
    var authorizePath: String?

    @Option(
        help: ArgumentHelp("Instacart user who allows every authorization request at once.", valueName: "email")
    )
    var autoApprove: String?

    @Flag(help: "Ignore sandbox_user and sandbox_decision in authorization URLs.")
    var noScriptedConsent = false

    @Flag(help: "Ignore X-Sandbox-Fault in requests.")
    var noFaultHeader = false

    @Option(help: ArgumentHelp("Requests to keep in the journal. (default: 2000)", valueName: "number"))
    var journalCount: String?

    @Option(help: ArgumentHelp("Bytes that they may take, about. (default: 8388608)", valueName: "bytes"))
    var journalBytes: String?

    @Flag(help: "Print nothing at start.")
    var quiet = false

    @Option(help: ArgumentHelp("Least severe messages to log. (default: info)", valueName: "level"))
    var logLevel: String?

    func validate() throws {
        // What is wrong is told with the command's own usage.
        _ = try readSettings()
    }

    func run() async throws {
        let settings = try readSettings()
        var logger = Logger(label: "connect-sandbox", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = settings.logLevel
        do {
            try await runSandbox(
                settings: settings,
                environment: .system,
                logger: logger,
                signals: [.sigterm, .sigint],
                print: { FileHandle.standardOutput.write(Data($0.utf8)) }
            )
        } catch {
            FileHandle.standardError.write(Data("connect-sandbox: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    private func readSettings() throws -> Settings {
        do {
            return try Settings(sources: [.flags(flags), .environment(ProcessInfo.processInfo.environment)])
        } catch {
            throw ValidationError(error.description)
        }
    }

    private var flags: [SettingName: [String]] {
        var flags: [SettingName: [String]] = [
            .state: state, .redirectURI: redirectURI, .relax: relax, .assume: assume, .allowHost: allowHost,
        ]
        let single: [SettingName: String?] = [
            .host: host, .port: port, .portFile: portFile, .publicURL: publicURL, .database: database,
            .clientID: clientID, .clientSecret: clientSecret, .logLevel: logLevel, .quiet: quiet ? "true" : nil,
            .authorizePath: authorizePath, .autoApprove: autoApprove, .codeLifetime: codeLifetime,
            .tokenLifetime: tokenLifetime, .rateLimit: rateLimit, .seed: seed, .controlToken: controlToken,
            .corsOrigin: corsOrigin, .noFaultHeader: noFaultHeader ? "true" : nil, .journalCount: journalCount,
            .journalBytes: journalBytes,
            .noScriptedConsent: noScriptedConsent ? "true" : nil,
        ]
        for (name, value) in single {
            if let value { flags[name] = [value] }
        }
        return flags
    }
}
