package import ConnectCore
package import ConnectStorage
package import Logging

/// What a server is started with, read once and strictly.
package struct Settings: Sendable {
    package enum DatabaseLocation: Equatable, Sendable {
        case file(String)
        case memory

        /// As it is named on the command line.
        var name: String {
            switch self {
            case .file(let path): path
            case .memory: ":memory:"
            }
        }
    }

    /// Where the file of settings is, for whoever asks what is in force; nil where there is none.
    package private(set) var configFile: String?
    package var host = "127.0.0.1"
    /// 0 picks a free one.
    package var port = 4600
    package var portFile: String?
    /// Base of the banner and of every address that is shown; nil for `http://localhost:<bound port>`.
    package var publicURL: String?
    package var database = DatabaseLocation.file("connect-sandbox.sqlite")
    /// Paths of state documents; the built-in demo state where there are none.
    package var stateFiles: [String] = []
    package var demo = SandboxDatabase.DemoAdjustment(clientID: nil, clientSecret: nil, redirectURIs: [])
    package var relaxations: Set<Relaxation> = []
    package var choices = Choices()
    /// Requests per second that one application may send; nil where there is no limit.
    package var rateLimit: Int?
    /// What fixes ids, codes, tokens and the instant at which clocks stand at start; nil for none of that.
    package var seed: UInt64?
    /// Where the authorization URL is: Instacart hands it out privately.
    package var authorizePath = Endpoint.authorize.path
    /// The Instacart user who allows every authorization request at once.
    package var autoApprove: String?
    /// Whether an authorization URL may carry `sandbox_user` and `sandbox_decision`.
    package var acceptsScriptedConsent = true
    /// Whether a request may ask for a fault itself, by `X-Sandbox-Fault`.
    package var acceptsFaultHeader = true
    /// How many exchanges are kept.
    package var journalCount = 2000
    /// About how many bytes they may take.
    package var journalBytes = 8 * 1_048_576
    package var allowedHosts: [String] = []
    /// What every request for `/_sandbox` has to bring as bearer token; nil where none is needed.
    package var controlToken: String?
    /// The origin whose pages may read Instacart's API.
    package var corsOrigin: String?
    /// After how many seconds the server stops by itself; nil for never.
    package var exitAfter: Int64?
    /// Whether the server stops when the process that started it has ended.
    package var exitsWithParent = false
    package var isQuiet = false
    package var logLevel = Logger.Level.info
    package var logFormat = LogFormat.text

    package init() {}

    /// Reads every setting from the first source that has it.
    ///
    /// - Parameter sources: The strongest first: flags, environment, file.
    /// - Throws: ``SettingError`` naming the first bad value and where it came from.
    package init(sources: [SettingSource]) throws(SettingError) {
        let values = SettingValues(sources: sources)
        configFile = try values.one(.config, "a path") { $0.isBlank ? nil : $0 }
        host = try values.host() ?? host
        port = try values.port() ?? port
        portFile = try values.one(.portFile, "a path") { $0.isBlank ? nil : $0 }
        publicURL = try values.one(.publicURL, "an http or https address without query", Self.baseURL)
        seed = try values.one(.seed, "a whole number from 0 to \(UInt64.max)") { UInt64($0) }
        // What is the same at every start begins with nothing.
        database =
            try values.one(.database, "a path or :memory:") { text in
                text.isBlank ? nil : text == ":memory:" ? .memory : .file(text)
            } ?? (seed == nil ? database : .memory)
        stateFiles = try values.many(.state, "a path") { $0.isBlank ? nil : $0 }
        demo.clientID = try values.one(.clientID, "a client ID") { text in
            text.isBlank || !text.isPlainText ? nil : ClientID(rawValue: text)
        }
        demo.clientSecret = try values.one(.clientSecret, "a client secret") { text in
            text.isBlank || !text.isPlainText ? nil : ClientSecret(rawValue: text)
        }
        demo.redirectURIs = try values.many(
            .redirectURI,
            "an absolute address without fragment",
            RedirectURI.init(rawValue:)
        )
        relaxations = Set(try values.choices(.relax, Relaxation.self))
        choices.assumptions = Set(try values.choices(.assume, Assumption.self))
        choices.codeLifetime = try values.one(.codeLifetime, Self.lifetime, Self.seconds) ?? choices.codeLifetime
        choices.tokenLifetime = try values.one(.tokenLifetime, Self.lifetime, Self.seconds) ?? choices.tokenLifetime
        rateLimit = try values.one(.rateLimit, "a whole number from 1") { text in
            Int(text).flatMap { $0 > 0 ? $0 : nil }
        }
        authorizePath =
            try values.one(
                .authorizePath,
                "a path such as /oauth/authorize, outside /v2, /demo and /_sandbox",
                Self.path
            )
            ?? authorizePath
        autoApprove = try values.one(.autoApprove, "an e-mail address") { EmailAddress(rawValue: $0)?.rawValue }
        acceptsScriptedConsent = try !(values.one(.noScriptedConsent, "true or false", Self.flag) ?? false)
        acceptsFaultHeader = try !(values.one(.noFaultHeader, "true or false", Self.flag) ?? false)
        journalCount =
            try values.one(.journalCount, "a whole number from 1 to 1000000") { text in
                Int(text).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
            } ?? journalCount
        journalBytes =
            try values.one(.journalBytes, "a whole number of bytes from 65536 on") { text in
                Int(text).flatMap { $0 >= 65_536 ? $0 : nil }
            } ?? journalBytes
        allowedHosts = try values.many(.allowHost, "a host name") { text in
            let name = hostName(of: text)
            return name.isEmpty || text.contains(where: { "/*?#, ".contains($0) }) ? nil : name
        }
        controlToken = try values.controlToken()
        corsOrigin = try values.one(.corsOrigin, "an origin such as http://localhost:3000", Self.origin)
        isQuiet = try values.one(.quiet, "true or false", Self.flag) ?? isQuiet
        exitAfter = try values.one(.exitAfter, Self.lifetime, Self.seconds)
        exitsWithParent = try values.one(.exitWithParent, "true or false", Self.flag) ?? exitsWithParent
        let level = try values.choices(.logLevel, Logger.Level.self).last ?? logLevel
        logLevel = isQuiet && values.isStronger(.quiet, than: .logLevel) ? .warning : level
        logFormat = try values.choices(.logFormat, LogFormat.self).last ?? logFormat
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "yes": true
        case "false", "0", "no", "": false
        default: nil
        }
    }

    private static let lifetime = "a duration such as 90s, 10m or 24h"

    /// Reads a duration of at least a second, in whole seconds, minutes, hours or days.
    private static func seconds(_ text: String) -> Int64? {
        guard let match = text.wholeMatch(of: /([0-9]{1,6})([smhd])/), let count = Int64(match.1), count > 0 else {
            return nil
        }
        switch match.2 {
        case "s": return count
        case "m": return count * 60
        case "h": return count * 3600
        default: return count * 86_400
        }
    }

    private static func origin(_ text: String) -> String? {
        text.lowercased().wholeMatch(of: /https?:\/\/[a-z0-9.\-_\[\]:]+/).map { String($0.output) }
    }

    private static func path(_ text: String) -> String? {
        guard let match = text.wholeMatch(of: /\/([A-Za-z0-9._~-]+)(\/[A-Za-z0-9._~-]+)*/) else { return nil }
        let isDotted = text.split(separator: "/").contains { $0.allSatisfy { $0 == "." } }
        let taken = ["v2", "demo", "_sandbox", "livez", "readyz", ".well-known"]
        return isDotted || taken.contains(String(match.1)) ? nil : text
    }

    private static func baseURL(_ text: String) -> String? {
        guard text.hasPrefix("http"), !text.contains("?"), RedirectURI(rawValue: text) != nil else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
