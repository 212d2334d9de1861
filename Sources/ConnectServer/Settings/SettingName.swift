import ConnectCore

/// The name of a setting, as its flag has it: `--public-url`, `CONNECT_SANDBOX_PUBLIC_URL`, `public-url:` in a file.
package enum SettingName: String, CaseIterable, Sendable {
    /// Where the file is, which cannot say so itself.
    case config
    case host
    case port
    case portFile = "port-file"
    case publicURL = "public-url"
    case database
    case state
    case clientID = "client-id"
    case clientSecret = "client-secret"
    case redirectURI = "redirect-uri"
    case relax
    case assume
    case codeLifetime = "code-lifetime"
    case tokenLifetime = "token-lifetime"
    case rateLimit = "rate-limit"
    case seed
    case allowHost = "allow-host"
    case controlToken = "control-token"
    case corsOrigin = "cors-origin"
    case noFaultHeader = "no-fault-header"
    case journalCount = "journal-count"
    case journalBytes = "journal-bytes"
    case authorizePath = "authorize-path"
    case autoApprove = "auto-approve"
    case noScriptedConsent = "no-scripted-consent"
    case exitAfter = "exit-after"
    case exitWithParent = "exit-with-parent"
    case quiet
    case logLevel = "log-level"
    case logFormat = "log-format"

    package var flag: String { "--\(rawValue)" }
    package var variable: String { Self.variablePrefix + rawValue.uppercased().replacing("-", with: "_") }

    static let variablePrefix = "CONNECT_SANDBOX_"
    /// What a file may hold.
    private static let ofFiles = allCases.filter { $0 != .config }

    var isSecret: Bool { self == .clientSecret || self == .controlToken }

    var isList: Bool {
        switch self {
        case .state, .redirectURI, .relax, .assume, .allowHost: true
        default: false
        }
    }

    /// Whether its value is a path, of a file that holds it from the folder of that file on.
    var isPath: Bool {
        switch self {
        case .portFile, .database, .state: true
        default: false
        }
    }

    /// The setting that may have been meant by a text.
    ///
    /// - Parameter text: The text, in any case, its words joined in any way.
    /// - Returns: The closest one of those that a file may hold; nil where none is close.
    static func closest(to text: String) -> SettingName? {
        text.closest(among: ofFiles.map(\.rawValue)).flatMap(SettingName.init(rawValue:))
    }
}
