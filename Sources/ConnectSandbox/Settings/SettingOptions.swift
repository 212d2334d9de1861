import ArgumentParser
import ConnectCore
import ConnectServer
import Foundation
import Logging

/// The settings as flags: texts, which are read together with those of the other sources.
struct SettingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "File of settings by the names of these flags. (default: \(SettingSource.usualFile), where there is one)",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?

    @Option(help: ArgumentHelp("Address to listen on. (default: 127.0.0.1)", valueName: "host"))
    var host: String?

    @Option(help: ArgumentHelp("Port to listen on; 0 picks a free one. (default: 4600)", valueName: "port"))
    var port: String?

    @Option(
        help: ArgumentHelp("File to write the bound port to once requests are answered.", valueName: "path"),
        completion: .file()
    )
    var portFile: String?

    @Option(help: ArgumentHelp("Address under which others reach the server.", valueName: "url"))
    var publicURL: String?

    @Option(
        help: ArgumentHelp(
            "Database file, or :memory: for a throw-away. (default: connect-sandbox.sqlite)",
            valueName: "path"
        ),
        completion: .file()
    )
    var database: String?

    @Option(
        help: ArgumentHelp(
            "State document to load where the database does not hold its retailer. Repeatable.",
            valueName: "file"
        ),
        completion: .file()
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
        ),
        completion: .list(Relaxation.allCases.map(\.rawValue))
    )
    var relax: [String] = []

    @Option(
        help: ArgumentHelp(
            "Other answer where Instacart's pages are silent. Repeatable. "
                + "(\(Assumption.allCases.map(\.rawValue).joined(separator: ", ")))",
            valueName: "name"
        ),
        completion: .list(Assumption.allCases.map(\.rawValue))
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

    @Option(help: ArgumentHelp("Approximate size of the journal in bytes. (default: 8388608)", valueName: "bytes"))
    var journalBytes: String?

    @Option(
        help: ArgumentHelp("Stop after this time, such as 90s, 10m or 24h.", valueName: "duration")
    )
    var exitAfter: String?

    @Flag(help: "Stop when the process that started the server has ended.")
    var exitWithParent = false

    @Flag(help: "Print nothing but warnings and errors.")
    var quiet = false

    @Option(
        help: ArgumentHelp(
            "Least severe messages to log: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")). (default: info)",
            valueName: "level"
        ),
        completion: .list(Logger.Level.allCases.map(\.rawValue))
    )
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            "How messages are logged: \(LogFormat.allCases.map(\.rawValue).joined(separator: " or ")). (default: text)",
            valueName: "format"
        ),
        completion: .list(LogFormat.allCases.map(\.rawValue))
    )
    var logFormat: String?

    /// Reads everything that settings come from.
    ///
    /// - Throws: `ValidationError` naming the flag, the variable or the line of the file.
    func read() throws -> ReadSettings {
        do {
            let sources = try SettingSource.all(flags: flags, environment: ProcessInfo.processInfo.environment)
            return ReadSettings(settings: try Settings(sources: sources), sources: sources)
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
            .journalBytes: journalBytes, .exitAfter: exitAfter, .exitWithParent: exitWithParent ? "true" : nil,
            .logFormat: logFormat, .config: config,
            .noScriptedConsent: noScriptedConsent ? "true" : nil,
        ]
        for (name, value) in single {
            if let value { flags[name] = [value] }
        }
        return flags
    }
}

/// The settings, and where they came from.
struct ReadSettings {
    let settings: Settings
    let sources: [SettingSource]
}
