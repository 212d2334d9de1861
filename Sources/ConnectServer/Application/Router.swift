import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird

/// Every route, at a glance.
///
/// Paths and methods of Instacart's endpoints stand in ``Endpoint``.
func buildRouter(database: SandboxDatabase, settings: Settings) -> Router<SandboxContext> {
    let router = Router(context: SandboxContext.self)
    router.addMiddleware {
        HeadMiddleware()
        RefusalMiddleware()
        HostGuard(allowedHosts: Set(settings.allowedHosts.map { $0.lowercased() }))
        RequestLimits()
    }
    OAuthRoutes(database: database, acceptsBasic: settings.relaxations.contains(.clientAuthBasic)).addRoutes(to: router)
    UserRoutes(database: database).addRoutes(to: router)
    LinkRoutes(database: database).addRoutes(to: router)
    InstacartUserRoutes(database: database).addRoutes(to: router)
    ProbeRoutes(database: database).addRoutes(to: router)
    return router
}

extension Router<SandboxContext> {
    /// Answers an endpoint of the catalogue.
    func on<Output: ResponseGenerator>(
        _ endpoint: Endpoint,
        use handler: @escaping @Sendable (Request, SandboxContext) async throws -> Output
    ) {
        guard let method = HTTPRequest.Method(endpoint.method) else {
            preconditionFailure("\(endpoint.method) is no method")
        }
        on(RouterPath(endpoint.path), method: method, use: handler)
    }
}
