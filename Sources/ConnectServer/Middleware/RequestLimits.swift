import ConnectCore
import Hummingbird
import NIOCore

/// Reads the body of a request under `/v2` whole, up to 1 MiB, and takes paths as they are written: a trailing or
/// doubled slash makes another path.
struct RequestLimits: RouterMiddleware {
    let authorizePath: String

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard APISurface(path: path, authorizePath: authorizePath) != .sandbox else {
            return try await next(request, context)
        }
        guard !path.hasSuffix("/"), !path.contains("//") else {
            throw HTTPError(.notFound)
        }
        if let length = request.headers[.contentLength], Int(length) ?? .max > context.maxUploadSize {
            throw Refusal(Outcome.Shared.bodyTooLarge, "The body has \(length) bytes; 1 MiB is the limit.")
        }
        var request = request
        let body = try await request.collectBody(upTo: context.maxUploadSize)
        context.trace?.update { $0.body = body }
        return try await next(request, context)
    }
}
