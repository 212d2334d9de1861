import ConnectCore
import Foundation

/// What a person reads when the server has started.
struct Banner {
    let address: String
    let publicURL: String
    let database: Settings.DatabaseLocation
    let application: ConnectCore.Application?
    let relaxations: Set<Relaxation>

    var text: String {
        var lines = [
            "Connect Sandbox listens on \(address)",
            "",
            "  base URL       \(publicURL)",
        ]
        switch database {
        case .memory: lines.append("  database       in memory, gone when the server stops")
        case .file(let path): lines.append("  database       \(path)")
        }
        if let application {
            lines.append("  client_id      \(application.clientID.rawValue)")
            lines.append("  client_secret  \(application.clientSecret.rawValue)")
        }
        for relaxation in Relaxation.allCases where relaxations.contains(relaxation) {
            lines.append("  relaxed        \(relaxation.rawValue): \(relaxation.explanation)")
        }
        if let application {
            lines += ["", "Get a token:", "", "  \(tokenCommand(for: application))"]
        }
        return lines.joined(separator: "\n") + "\n\n"
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
