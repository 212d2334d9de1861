import HTTPTypes
import Hummingbird

/// Lets the pages of one origin read Instacart's API, and nothing else, where a setting names it.
struct CrossOriginAccess: RouterMiddleware {
    private static let readable: [HTTPField.Name] = [.sandboxOutcome, .sandboxReason, .sandboxFaultHit]

    let origin: String?

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard let origin, request.headers[.origin] == origin, request.uri.path.hasPrefix("/v2/") else {
            return try await next(request, context)
        }
        let access = CORSMiddleware<SandboxContext>(
            allowOrigin: .oneOf(origin),
            allowHeaders: [.accept, .authorization, .contentType, .origin, .retailerID, .sandboxFault]
        )
        var response = try await access.handle(request, context: context, next: next)
        // Hummingbird names what pages may read in answers to preflights only, where browsers ignore it.
        response.headers[.accessControlExposeHeaders] = Self.readable.map(\.rawName).joined(separator: ", ")
        return response
    }
}
