import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird

/// Puts every route together: Instacart's API and pages, the probes, and the demo storefront that calls them.
struct Routes {
    let database: SandboxDatabase
    let settings: Settings
    let publicURL: PublicURL
    let pages: Pages

    /// What answers a request: the storefront under `/demo`, the API everywhere else.
    func responder() -> some HTTPResponder<SandboxContext> {
        let api = api.buildResponder()
        return PrefixResponder(prefix: DemoURL.store, inside: demo(calling: api).buildResponder(), outside: api)
    }

    /// Every route but the storefront's, at a glance.
    ///
    /// Paths and methods of Instacart's endpoints stand in ``Endpoint``.
    private var api: Router<SandboxContext> {
        let router = guardedRouter()
        let authorizePath = settings.authorizePath
        let acceptsBasic = settings.relaxations.contains(.clientAuthBasic)
        OAuthRoutes(database: database, acceptsBasic: acceptsBasic).addRoutes(to: router)
        UserRoutes(database: database).addRoutes(to: router)
        LinkRoutes(database: database).addRoutes(to: router)
        InstacartUserRoutes(database: database).addRoutes(to: router)
        ConsentRoutes(database: database, pages: pages, settings: settings).addRoutes(to: router)
        MetadataRoutes(publicURL: publicURL, authorizePath: authorizePath, acceptsBasic: acceptsBasic)
            .addRoutes(to: router)
        ProbeRoutes(database: database).addRoutes(to: router)
        return router
    }

    /// The storefront is a client of the API like any other.
    private func demo(calling api: some HTTPResponder<SandboxContext>) -> Router<SandboxContext> {
        let router = guardedRouter(.autoGenerateHeadEndpoints)
        let demo = DemoRoutes(
            database: database,
            client: InProcessClient(responder: api),
            pages: pages,
            publicURL: { publicURL.value },
            authorizePath: settings.authorizePath,
            randomToken: { database.randomToken() }
        )
        demo.addRoutes(to: router)
        return router
    }

    private func guardedRouter(_ options: RouterOptions = []) -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self, options: options)
        let authorizePath = settings.authorizePath
        router.addMiddleware {
            HeadMiddleware()
            RefusalMiddleware(pages: pages, authorizePath: authorizePath)
            HostGuard(allowedHosts: Set(settings.allowedHosts.map { $0.lowercased() }), authorizePath: authorizePath)
            QueryCredentialsGuard()
            RequestLimits(authorizePath: authorizePath)
        }
        return router
    }
}

/// Sends what lies under a path to one responder, and the rest to another.
private struct PrefixResponder<Inside: HTTPResponder<SandboxContext>, Outside: HTTPResponder<SandboxContext>>:
    HTTPResponder
{
    let prefix: String
    let inside: Inside
    let outside: Outside

    func respond(to request: Request, context: SandboxContext) async throws -> Response {
        let path = request.uri.path
        let isInside = path == prefix || path.hasPrefix(prefix + "/")
        return isInside
            ? try await inside.respond(to: request, context: context)
            : try await outside.respond(to: request, context: context)
    }
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
