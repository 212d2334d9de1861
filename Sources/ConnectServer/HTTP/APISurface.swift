import ConnectCore
import Hummingbird

/// Whose answer a path gets when nothing more is known about the request.
enum APISurface: Equatable {
    /// Instacart's, in the error shape of one of its families.
    case instacart(APIFamily)
    /// The sandbox's own.
    case sandbox

    init(path: String) {
        switch path {
        case _ where path == "/v2/oauth" || path.hasPrefix("/v2/oauth/"): self = .instacart(.oauth)
        case _ where path == "/v2" || path.hasPrefix("/v2/"): self = .instacart(.connect)
        default: self = .sandbox
        }
    }
}
