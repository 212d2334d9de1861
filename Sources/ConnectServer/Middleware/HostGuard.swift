import Hummingbird
import NIOCore

/// Refuses requests for the sandbox's own routes that name a foreign host, as a rebound DNS name would.
///
/// Instacart's API, its authorization URL and the probes take any host: people map Instacart's names to this machine.
struct HostGuard: RouterMiddleware {
    /// Names that are accepted besides the local ones, lower case.
    let allowedHosts: Set<String>
    let authorizePath: String

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard !isOpen(request.uri.path) else { return try await next(request, context) }
        let host = hostName(of: request.head.authority ?? "")
        guard isLocal(host) || allowedHosts.contains(host) else { throw ControlError.hostNotAllowed(host) }
        return try await next(request, context)
    }

    private func isOpen(_ path: String) -> Bool {
        path == "/livez" || path == "/readyz" || path.hasPrefix("/.well-known/")
            || APISurface(path: path, authorizePath: authorizePath) != .sandbox
    }

    private func isLocal(_ host: String) -> Bool {
        guard !host.isEmpty else { return false }
        return host == "localhost" || host.hasSuffix(".localhost") || host == "host.docker.internal"
            || !host.contains(where: { ".:".contains($0) })
            || (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }
}
