import ConnectCore

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
}

/// One place that settings come from, as texts.
package struct SettingSource: Sendable {
    let values: [SettingName: [String]]
    let label: @Sendable (SettingName) -> String

    /// The command line; a repeated flag has several values.
    ///
    /// - Parameter flags: The flags that were given.
    /// - Returns: The source.
    package static func flags(_ flags: [SettingName: [String]]) -> SettingSource {
        SettingSource(values: flags.filter { !$0.value.isEmpty }, label: \.flag)
    }

    /// Environment variables; those of lists separate their values by commas, an empty one counts as unset.
    ///
    /// - Parameter environment: All variables.
    /// - Returns: The source.
    package static func environment(_ environment: [String: String]) -> SettingSource {
        var values: [SettingName: [String]] = [:]
        for name in SettingName.allCases {
            guard let text = environment[name.variable], !text.isEmpty else { continue }
            let texts = name.isList ? text.split(separator: ",").map { String($0.trimmingSpaces) } : [text]
            if !texts.isEmpty { values[name] = texts }
        }
        return SettingSource(values: values, label: \.variable)
    }
}

/// Why a setting was refused.
///
/// Its description names the setting, where it came from and what was expected.
package struct SettingError: Error, Equatable, CustomStringConvertible {
    package let description: String
}

/// The sources, strongest first, and the reading of single settings from them.
struct SettingValues {
    let sources: [SettingSource]

    func one<Value>(
        _ name: SettingName,
        _ expectation: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> Value? {
        try many(name, expectation, read).last
    }

    func many<Value>(
        _ name: SettingName,
        _ expectation: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> [Value] {
        guard let source = sources.first(where: { $0.values[name] != nil }) else { return [] }
        var values: [Value] = []
        for text in source.values[name] ?? [] {
            guard let value = read(text) else {
                let shown = name.isSecret ? "what was given" : "“\(text)”"
                throw SettingError(description: "\(source.label(name)): \(shown) is not \(expectation)")
            }
            values.append(value)
        }
        return values
    }
}

/// What clients read too, of the server's own settings.
extension SettingValues {
    func host() throws(SettingError) -> String? {
        try one(.host, "a host name or address") { $0.isBlank ? nil : $0 }
    }

    func port() throws(SettingError) -> Int? {
        try one(.port, "a port from 0 to 65535") { text in
            Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
        }
    }
}

extension SettingName {
    fileprivate var isList: Bool {
        switch self {
        case .state, .redirectURI, .relax, .assume, .allowHost: true
        default: false
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
