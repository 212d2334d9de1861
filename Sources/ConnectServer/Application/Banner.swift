import ConnectCore
import Foundation
import Logging

/// What a person reads when the server has started.
struct Banner {
    let address: String
    let publicURL: String
    let database: Settings.DatabaseLocation
    let application: ConnectCore.Application?
    let settings: Settings

    var text: String {
        var lines = ["Connect Sandbox listens on \(address)", ""]
        lines += (facts + choices).map { label, value in
            "  \(label)\(String(repeating: " ", count: 15 - label.count))\(value)"
        }
        if let application, isSecretKnown {
            lines += ["", "Get a token:", "", "  \(tokenCommand(for: application))"]
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// The same in a message, for programs.
    func log(to logger: Logger) {
        logger.info(
            "listening",
            metadata: [
                "address": "\(address)", "public_url": "\(publicURL)", "database": "\(database.name)",
                "client_id": "\(application?.clientID.rawValue ?? "")",
                "version": "\(SandboxVersion.current)",
            ]
        )
        for choice in choices { logger.info("\(choice.label) \(choice.value)") }
    }

    /// Whether the secret is the one that everybody knows; another one may end in a log that many read.
    private var isSecretKnown: Bool {
        application?.clientSecret.rawValue == "demo-secret"
    }

    private var hiddenSecret: String {
        "\(Settings.hiddenSecret); connect-sandbox state export --all --url \(address) tells it"
    }

    private typealias Line = (label: String, value: String)

    private var facts: [Line] {
        var lines: [Line] = [("base URL", publicURL)]
        switch database {
        case .memory: lines.append(("database", "in memory, gone when the server stops"))
        case .file(let path): lines.append(("database", path))
        }
        if let application {
            lines.append(("client_id", application.clientID.rawValue))
            lines.append(("client_secret", isSecretKnown ? application.clientSecret.rawValue : hiddenSecret))
        }
        return lines
    }

    /// What is not as a server without settings has it.
    private var choices: [Line] {
        let relaxed = Relaxation.allCases.filter(settings.relaxations.contains)
        let assumed = Assumption.allCases.filter(settings.choices.assumptions.contains)
        var lines: [Line] = relaxed.map { ("relaxed", "\($0.rawValue): \($0.explanation)") }
        lines += assumed.map { ("assumed", "\($0.rawValue): \($0.explanation)") }
        let usual = Choices()
        if settings.choices.codeLifetime != usual.codeLifetime {
            lines.append(("codes last", "\(settings.choices.codeLifetime) s"))
        }
        if settings.choices.tokenLifetime != usual.tokenLifetime {
            lines.append(("tokens last", "\(settings.choices.tokenLifetime) s"))
        }
        if let limit = settings.rateLimit { lines.append(("rate limit", "\(limit)/s for each application")) }
        if let email = settings.autoApprove { lines.append(("consent", "\(email) allows everything at once")) }
        if !settings.acceptsScriptedConsent { lines.append(("consent", "sandbox_user in the URL is ignored")) }
        if !settings.acceptsFaultHeader { lines.append(("faults", "X-Sandbox-Fault is ignored")) }
        if settings.controlToken != nil { lines.append(("control token", "required for /_sandbox")) }
        if let origin = settings.corsOrigin { lines.append(("CORS", "\(origin) may read /v2")) }
        if let seconds = settings.exitAfter { lines.append(("stops", "after \(seconds) s")) }
        if settings.exitsWithParent { lines.append(("stops", "with the process that started it")) }
        if let seed = settings.seed {
            lines.append(("seed", "\(seed); clocks stand at \(SandboxEnvironment.seededStart.iso8601)"))
        }
        return lines
    }

    private func tokenCommand(for application: ConnectCore.Application) -> String {
        let body = ClientCredentialsBody(
            clientID: application.clientID.rawValue,
            clientSecret: application.clientSecret.rawValue
        )
        let json = (try? JSON.data(body)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return "curl -s \(quoted(publicURL + "/v2/oauth/token")) -H 'Content-Type: application/json' -d \(quoted(json))"
    }

    /// As one word of a POSIX shell.
    private func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}

private struct ClientCredentialsBody: Encodable {
    let grantType = "client_credentials"
    let clientID: String
    let clientSecret: String

    enum CodingKeys: String, CodingKey {
        case grantType = "grant_type"
        case clientID = "client_id"
        case clientSecret = "client_secret"
    }
}
