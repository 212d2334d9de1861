import ConnectCore

/// The headers that Doorkeeper puts on answers of the OAuth endpoints, and on refused bearer tokens.
enum OAuthHeaders {
    static let cacheControl = "no-store, no-cache"

    /// RFC 6750 §3.
    ///
    /// The realm is ours: Instacart's is unknown.
    static func challenge(_ error: OAuthError) -> String {
        let description = error.description.replacing("\"", with: "\\\"")
        return #"Bearer realm="Connect", error="\#(error.error)", error_description="\#(description)""#
    }
}
