import Foundation

/// The addresses of the storefront, and those that it leads to.
enum DemoURL {
    static let store = "/demo"
    static let profile = "/demo/account/profile"
    static let checkout = "/demo/checkout"
    static let signIn = "/demo/sign-in"

    /// Where Instacart asks the customer for consent, and what it is told.
    ///
    /// - Parameters:
    ///   - endpoint: Instacart's authorization URL without query.
    ///   - clientID: The application's.
    ///   - state: The session's CSRF value.
    ///   - redirectURI: Where the customer is to come back to.
    /// - Returns: The address, its parameters in the order in which the how-to page writes them.
    static func authorization(endpoint: String, clientID: String, state: String, redirectURI: String) -> String {
        let query = [
            ("response_type", "code"), ("client_id", clientID), ("scope", "account_linking"), ("state", state),
            ("redirect_uri", redirectURI),
        ]
        return endpoint + "?" + query.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    }

    /// Everything but RFC 3986's unreserved characters percent-encoded: fit for a path segment and a query's value.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
