import HTTPTypes
import Hummingbird

/// Where the storefront is meant to be opened.
struct DemoOrigin {
    /// Of the server, without a slash at its end.
    let publicURL: String

    private static let loopbackNames: Set<String> = ["localhost", "127.0.0.1", "::1"]

    /// The public address of a page that was opened on another loopback name: cookies and the registered redirect URI
    /// belong to one.
    ///
    /// - Parameter request: What came.
    /// - Returns: Where to send the browser; nil where it may stay, or where the request is no GET.
    func otherLoopbackLocation(of request: Request) -> String? {
        let name = hostName(of: request.head.authority ?? "")
        let publicName = hostName(of: authority(of: publicURL))
        guard
            request.method == .get, name != publicName,
            Self.loopbackNames.contains(name), Self.loopbackNames.contains(publicName)
        else { return nil }
        return publicURL + request.uri.path + (request.uri.query.map { "?\($0)" } ?? "")
    }

    private func authority(of url: String) -> String {
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[2]) : ""
    }
}
