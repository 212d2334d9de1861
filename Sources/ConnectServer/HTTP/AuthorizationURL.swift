import ConnectCore

/// The address at which customers are asked for consent (/connect/fulfillment_guide/how_to/link_an_instacart_account).
struct AuthorizationURL: Sendable {
    let publicURL: PublicURL
    let authorizePath: String

    /// The address for an application and its first redirect URI, complete but for `state`.
    ///
    /// - Parameter application: The application.
    /// - Returns: The address; without `redirect_uri` where none is registered.
    func value(for application: ConnectCore.Application) -> String {
        value([
            ("response_type", "code"), ("client_id", application.clientID.rawValue), ("scope", "account_linking"),
            ("redirect_uri", application.redirectURIs.first?.rawValue),
        ])
    }

    /// The address with all its parameters, in the order in which the how-to page writes them.
    ///
    /// - Parameters:
    ///   - clientID: The application's.
    ///   - state: The session's CSRF value.
    ///   - redirectURI: Where the customer is to come back to.
    /// - Returns: The address.
    func value(clientID: String, state: String, redirectURI: String) -> String {
        value([
            ("response_type", "code"), ("client_id", clientID), ("scope", "account_linking"), ("state", state),
            ("redirect_uri", redirectURI),
        ])
    }

    private func value(_ parameters: [(name: String, value: String?)]) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
        return publicURL.value + authorizePath + "?" + query.joined(separator: "&")
    }
}
