/// How a client proves who it is at the OAuth endpoints.
///
/// Source: /connect/api/access_tokens: `client_id` and `client_secret` in the body.
package struct ClientCredentials: Equatable, Sendable {
    /// An `Authorization: Basic` header (RFC 6749 §2.3.1), decoded.
    package struct Basic: Equatable, Sendable {
        package let clientID: ClientID
        package let clientSecret: ClientSecret

        package init(clientID: ClientID, clientSecret: ClientSecret) {
            self.clientID = clientID
            self.clientSecret = clientSecret
        }
    }

    package let clientID: ClientID?
    package let clientSecret: ClientSecret?
    /// True where HTTP Basic authentication was used and is not accepted.
    package let usesRefusedMethod: Bool

    /// - Parameters:
    ///   - parameters: The request's body.
    ///   - basic: The request's `Authorization: Basic` header, where it has one.
    ///   - acceptsBasic: Whether the relaxation `client-auth-basic` is on.
    /// - Throws: ``Outcome/Shared/malformedBody`` where a parameter is not a string.
    package init(_ parameters: RequestFields, basic: Basic?, acceptsBasic: Bool) throws(Refusal) {
        let bodyID = try parameters.parameter("client_id").map(ClientID.init(rawValue:))
        let bodySecret = try parameters.parameter("client_secret").map(ClientSecret.init(rawValue:))
        clientID = (acceptsBasic ? basic?.clientID : nil) ?? bodyID
        clientSecret = (acceptsBasic ? basic?.clientSecret : nil) ?? bodySecret
        usesRefusedMethod = basic != nil && !acceptsBasic
    }

    /// Why the client is not the application with its ID, if it is not.
    ///
    /// A disabled application still authenticates.
    ///
    /// - Parameter application: The application with the presented client ID, if there is one.
    /// - Returns: Nil where the credentials are good.
    package func flaw(for application: Application?) -> Reason? {
        if usesRefusedMethod {
            return "The credentials came as HTTP Basic authentication; client_id and client_secret belong in the body."
        }
        guard let clientID else { return "The parameter client_id is missing." }
        guard let application else { return "No application has the client_id \(clientID)." }
        guard let clientSecret else { return "The parameter client_secret is missing." }
        guard application.accepts(clientSecret) else { return "The client_secret is not that of \(clientID)." }
        return nil
    }
}

extension RequestFields {
    /// Reads an OAuth parameter.
    ///
    /// A parameter without a value is treated as if it were left out (RFC 6749 §3.2).
    ///
    /// - Parameter name: The parameter.
    /// - Returns: Its value; nil where it is missing, null or blank.
    /// - Throws: ``Outcome/Shared/malformedBody`` where it is not a string.
    func parameter(_ name: String) throws(Refusal) -> String? {
        switch self[name] {
        case .null: nil
        case .string(let value): value.isBlank ? nil : value
        default: throw Refusal(Outcome.Shared.malformedBody, "The parameter \(name) is not a string.")
        }
    }
}
