import ConnectCore
import Hummingbird

/// Whose answer a path gets when nothing more is known about the request.
enum APISurface: Equatable {
    /// Instacart's, in the error shape of one of its families.
    case instacart(APIFamily)
    /// The sandbox's own.
    case sandbox

    /// - Parameters:
    ///   - path: The request's path.
    ///   - authorizePath: Where the authorization URL is.
    init(path: String, authorizePath: String) {
        // However many slashes it has, it is one of theirs, and then not found: the router does not count them.
        let isAuthorizePath = path.split(separator: "/") == authorizePath.split(separator: "/")
        let path = "/" + path.drop { $0 == "/" }
        switch path {
        case _ where isAuthorizePath: self = .instacart(.browser)
        case _ where path == "/v2/oauth" || path.hasPrefix("/v2/oauth/"): self = .instacart(.oauth)
        case _ where path == "/v2" || path.hasPrefix("/v2/"): self = .instacart(.connect)
        default: self = .sandbox
        }
    }
}
