import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird

/// Every route, at a glance.
///
/// Paths and methods of Instacart's endpoints stand in ``Endpoint``.
///
/// - Throws: Where a page's template is missing or malformed.
func buildRouter(
    database: SandboxDatabase,
    settings: Settings,
    publicURL: PublicURL
) throws -> Router<SandboxContext> {
    let pages = try Pages()
    let authorizePath = settings.authorizePath
    let router = Router(context: SandboxContext.self)
    router.addMiddleware {
        HeadMiddleware()
        RefusalMiddleware(pages: pages, authorizePath: authorizePath)
        HostGuard(allowedHosts: Set(settings.allowedHosts.map { $0.lowercased() }), authorizePath: authorizePath)
        RequestLimits(authorizePath: authorizePath)
    }
    let acceptsBasic = settings.relaxations.contains(.clientAuthBasic)
    OAuthRoutes(database: database, acceptsBasic: acceptsBasic).addRoutes(to: router)
    UserRoutes(database: database).addRoutes(to: router)
    LinkRoutes(database: database).addRoutes(to: router)
    InstacartUserRoutes(database: database).addRoutes(to: router)
    ConsentRoutes(database: database, pages: pages, settings: settings).addRoutes(to: router)
    MetadataRoutes(publicURL: publicURL, authorizePath: authorizePath, acceptsBasic: acceptsBasic).addRoutes(to: router)
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
