import ConnectStorage
import Hummingbird

/// Finds out whose request it is, for those that come after: the rate limit and the faults.
struct AttributionMiddleware: RouterMiddleware {
    let attributions: Attributions
    let authorizePath: String

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        if request.isOfControlPlane {
            // Whatever a write changes, nothing that was known before may be relied on after it.
            defer { if request.method != .get, request.method != .head { attributions.forget() } }
            return try await next(request, context)
        }
        if let trace = context.trace {
            let body = trace.value.body
            if let found = await attributions.attribution(of: request, body: body, authorizePath: authorizePath) {
                trace.update { $0.attribution = found }
            }
        }
        return try await next(request, context)
    }
}
