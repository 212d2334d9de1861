/// What an authorization URL asks for (RFC 6749 §4.1.1), checked against its application.
///
/// Source: /connect/fulfillment_guide/how_to/link_an_instacart_account.
package struct AuthorizationRequest: Equatable, Sendable {
    package let application: Application
    package let redirectURI: RedirectURI
    package let scopes: ScopeList
    /// Echoed to the application; nil where it is missing or blank.
    package let state: String?
    package let challenge: CodeChallenge?

    /// Checks in Doorkeeper's order: client, redirect_uri, response_type and scope, PKCE.
    ///
    /// - Parameters:
    ///   - parameters: The query's parameters.
    ///   - application: The application with the `client_id`, if there is one.
    /// - Throws: A ``Refusal`` of ``Outcome/Authorize``.
    package init(_ parameters: [String: String], application: Application?) throws(Refusal) {
        typealias Refused = Outcome.Authorize
        func value(_ name: String) -> String? {
            parameters[name].flatMap { $0.isBlank ? nil : $0 }
        }
        guard let clientID = value("client_id") else {
            throw Refusal(Refused.missingClientID, "The parameter client_id is missing.")
        }
        guard let application else {
            throw Refusal(Refused.invalidClient, "No application has the client_id \(clientID).")
        }
        guard application.isEnabled else {
            throw Refusal(Refused.disabledClient, "The application \(clientID) is disabled.")
        }
        guard let address = value("redirect_uri") else {
            throw Refusal(Refused.invalidRedirectURI, "The parameter redirect_uri is missing.")
        }
        guard let redirectURI = RedirectURI(rawValue: address), application.isRegistered(address) else {
            throw Refusal(
                Refused.invalidRedirectURI,
                """
                One of \(application.redirectURIs.map(\.rawValue).joined(separator: " ")) was expected, \
                \(RedirectURI.shown(address)) came.
                """
            )
        }
        guard let responseType = value("response_type") else {
            throw Refusal(Refused.missingResponseType, "The parameter response_type is missing; code was expected.")
        }
        guard responseType == "code" else {
            throw Refusal(Refused.unsupportedResponseType, "The response_type is \(responseType); code was expected.")
        }
        guard let scope = value("scope") else {
            throw Refusal(Refused.missingScope, "The parameter scope is missing; account_linking was expected.")
        }
        self.application = application
        self.redirectURI = redirectURI
        scopes = try Self.scopes(scope, of: application)
        state = value("state")
        challenge = try Self.challenge(value("code_challenge"), method: value("code_challenge_method"))
    }

    /// Where the browser is sent when the user allows it: the code and the state appended, in this order.
    ///
    /// - Parameter code: The authorization code.
    /// - Returns: The address.
    package func location(allowedWith code: String) -> String {
        location(appending: [("code", code), ("state", state)])
    }

    /// Where the browser is sent when the user denies it (RFC 6749 §4.1.2.1).
    package var deniedLocation: String {
        location(appending: [
            ("error", "access_denied"),
            ("error_description", "The resource owner or authorization server denied the request."),
            ("state", state),
        ])
    }

    private func location(appending parameters: [(String, String?)]) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(formEncoded($0))" } }
        return redirectURI.rawValue + (redirectURI.rawValue.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    private static func scopes(_ scope: String, of application: Application) throws(Refusal) -> ScopeList {
        do throws(LinkingScopesFlaw) {
            return try application.linkingScopes(parsing: scope)
        } catch {
            throw Refusal(Outcome.Authorize.invalidScope, error.reason)
        }
    }

    private static func challenge(_ value: String?, method: String?) throws(Refusal) -> CodeChallenge? {
        guard let value else { return nil }
        guard value.isPlainText else {
            throw Refusal(Outcome.Authorize.malformedQuery, "The code_challenge holds control characters.")
        }
        guard let known = method.flatMap(CodeChallenge.Method.init(rawValue:)) else {
            throw Refusal(
                Outcome.Authorize.invalidCodeChallengeMethod,
                "The code_challenge_method is \(method ?? "missing"); plain or S256 was expected."
            )
        }
        return CodeChallenge(value: value, method: known)
    }
}

/// Encodes a value of a form or of a query by `application/x-www-form-urlencoded`.
///
/// - Parameter value: The value.
/// - Returns: Letters, digits, `-`, `.`, `_`, `*`, `+` for a space, and the rest percent-encoded.
package func formEncoded(_ value: String) -> String {
    value.utf8.reduce(into: "") { encoded, byte in
        switch byte {
        case UInt8(ascii: " "):
            encoded += "+"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "*"):
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            encoded += byte.percentEncoded
        }
    }
}
