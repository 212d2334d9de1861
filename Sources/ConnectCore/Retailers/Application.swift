import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An OAuth application of a retailer.
///
/// A clone is a second application of the same retailer.
///
/// Source: /developer_dashboard/oauth_applications.
package struct Application: Equatable, Sendable {
    package var clientID: ClientID
    package var clientSecret: ClientSecret
    package var name: String
    /// A disabled application gets no new tokens; those that it has live on.
    package var isEnabled: Bool
    package var scopes: ScopeList
    package var redirectURIs: [RedirectURI]

    package init(
        clientID: ClientID,
        clientSecret: ClientSecret,
        name: String,
        isEnabled: Bool,
        scopes: ScopeList,
        redirectURIs: [RedirectURI]
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.name = name
        self.isEnabled = isEnabled
        self.scopes = scopes
        self.redirectURIs = redirectURIs
    }

    /// Whether a redirect_uri is one of this application's.
    ///
    /// - Parameter redirectURI: The address to look for.
    /// - Returns: True where a registered one matches.
    package func isRegistered(_ redirectURI: String) -> Bool {
        guard let candidate = RedirectURI(rawValue: redirectURI) else { return false }
        return redirectURIs.contains { $0.matches(candidate) }
    }

    /// Compares in constant time.
    ///
    /// - Parameter secret: What the caller presented.
    /// - Returns: Whether it is this application's secret.
    package func accepts(_ secret: ClientSecret) -> Bool {
        SHA256.hash(data: Data(secret.rawValue.utf8)) == SHA256.hash(data: Data(clientSecret.rawValue.utf8))
    }
}
