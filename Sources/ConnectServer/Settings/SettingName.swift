/// The name of a setting, as its flag has it: `--public-url`, `CONNECT_SANDBOX_PUBLIC_URL`.
package enum SettingName: String, CaseIterable, Sendable {
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
    case quiet
    case logLevel = "log-level"

    package var flag: String { "--\(rawValue)" }
    package var variable: String { "CONNECT_SANDBOX_" + rawValue.uppercased().replacing("-", with: "_") }

    var isSecret: Bool { self == .clientSecret || self == .controlToken }

    var isList: Bool {
        switch self {
        case .state, .redirectURI, .relax, .assume, .allowHost: true
        default: false
        }
    }
}
