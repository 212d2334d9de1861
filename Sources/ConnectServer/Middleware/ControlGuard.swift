import ConnectCore
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Keeps pages of other sites, and whoever lacks the control token where there is one, from `/_sandbox`.
struct ControlGuard: RouterMiddleware {
    /// Nil where none is required.
    let token: String?

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard request.isOfControlPlane else { return try await next(request, context) }
        if let token, request.bearerToken.map({ isSame($0.rawValue, token) }) != true {
            throw ControlError.controlTokenRequired
        }
        if request.method != .get, request.method != .head {
            guard !request.isFromAnotherSite else { throw ControlError.crossSiteRequest }
            guard request.controlMediaType != .other else { throw ControlError.unsupportedMediaType }
        }
        var response = try await next(request, context)
        // Answers hold secrets and tokens.
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    /// Compares in constant time.
    private func isSame(_ presented: String, _ expected: String) -> Bool {
        SHA256.hash(data: Data(presented.utf8)) == SHA256.hash(data: Data(expected.utf8))
    }
}

extension Request {
    /// Whether it is for the sandbox's own API.
    ///
    /// The router ignores empty parts of a path, however many there are.
    var isOfControlPlane: Bool { uri.path.split(separator: "/").first == "_sandbox" }
}
