import ConnectServer

/// The server speaks of a document and of a body, neither of which a person at the command line has seen.
extension ControlClientError {
    /// The same of a document that has a name.
    func naming(document name: String) -> ControlClientError {
        guard
            case .refused(let code, let message, let body) = self,
            let match = message.prefixMatch(of: /Document(?=:)/)
        else { return self }
        return .refused(code: code, message: name + message[match.range.upperBound...], body: body)
    }

    /// The same of the options that a body was made of, each of which has a field of its own.
    var namingOptions: ControlClientError {
        guard
            case .refused(let code, let message, let body) = self,
            let match = message.wholeMatch(of: /Body(?::[0-9]+)?: (?:([a-z_]+)[^ :]*: )?(.+)/.dotMatchesNewlines())
        else { return self }
        let reason = String(match.2)
        guard let field = match.1 else { return .refused(code: code, message: reason, body: body) }
        return .refused(code: code, message: "\(Self.option(for: String(field))): \(reason)", body: body)
    }

    /// What sets a field: mostly an option of the same name.
    private static func option(for field: String) -> String {
        switch field {
        case "user_id": "<user-id>"
        case "now": "<date>"
        case "by": "<period>"
        case "instacart_user_id": "--instacart-user"
        case "instacartplus_member": "--member"
        case "redirect_uris": "--redirect-uri"
        case "scopes": "--scope"
        default: "--\(field.replacing("_", with: "-"))"
        }
    }
}
