import HTTPTypes
import Hummingbird

/// Sends no body in answer to HEAD (RFC 9110 §9.3.2), whatever the answer is: what came after the headers would be
/// taken for the next response.
struct HeadMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
