import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird
import Logging

/// Puts every route together: Instacart's API and pages, the probes, and the demo storefront that calls them.
struct Routes {
    let database: SandboxDatabase
    let settings: Settings
    let publicURL: PublicURL
    let pages: Pages
    let logger: Logger
    let journal: Journal
    let metrics = Metrics()
    let attributions: Attributions
    /// Nil where there is no limit.
    let limiter: RateLimiter?

    init(database: SandboxDatabase, settings: Settings, publicURL: PublicURL, pages: Pages, logger: Logger) {
        self.database = database
        self.settings = settings
        self.publicURL = publicURL
        self.pages = pages
        self.logger = logger
        journal = Journal(count: settings.journalCount, bytes: settings.journalBytes)
        attributions = Attributions(database: database)
        limiter = settings.rateLimit.map { RateLimiter(limit: $0, now: database.environment.now) }
    }

    /// What answers a request: the storefront under `/demo`, the API everywhere else.
    func responder() -> some HTTPResponder<SandboxContext> {
        let api = api.buildResponder()
        return PrefixResponder(prefix: DemoURL.store, inside: demo(calling: api).buildResponder(), outside: api)
    }

    private var api: Router<SandboxContext> {
        let router = guardedRouter()
        addRoutes(to: router)
        return router
    }

    /// Every route but the storefront's, at a glance.
    ///
    /// Paths and methods of Instacart's endpoints stand in ``Endpoint``.
    private func addRoutes(to router: Router<SandboxContext>) {
        let authorizePath = settings.authorizePath
        let acceptsBasic = settings.relaxations.contains(.clientAuthBasic)
        OAuthRoutes(database: database, acceptsBasic: acceptsBasic).addRoutes(to: router)
        UserRoutes(database: database, choices: settings.choices).addRoutes(to: router)
        LinkRoutes(database: database).addRoutes(to: router)
        InstacartUserRoutes(database: database).addRoutes(to: router)
        ConsentRoutes(database: database, pages: pages, settings: settings).addRoutes(to: router)
        MetadataRoutes(publicURL: publicURL, authorizePath: authorizePath, acceptsBasic: acceptsBasic)
            .addRoutes(to: router)
        ProbeRoutes(database: database).addRoutes(to: router)
        addControlRoutes(to: router)
    }

    /// The sandbox's own API, `/_sandbox`.
    private func addControlRoutes(to router: Router<SandboxContext>) {
        RetailerRoutes(database: database, journal: journal, authorizationURL: authorizationURL).addRoutes(to: router)
        ClockRoutes(database: database).addRoutes(to: router)
        ApplicationRoutes(database: database).addRoutes(to: router)
        ConnectUserControlRoutes(database: database).addRoutes(to: router)
        InstacartUserControlRoutes(database: database).addRoutes(to: router)
        FaultRoutes(database: database, authorizePath: settings.authorizePath).addRoutes(to: router)
        RequestRoutes(database: database, journal: journal).addRoutes(to: router)
        InfoRoutes(database: database, settings: settings, publicURL: publicURL).addRoutes(to: router)
        MetricsRoutes(database: database, journal: journal, metrics: metrics).addRoutes(to: router)
        ContractRoutes(settings: settings, pages: pages).addRoutes(to: router)
        OpenAPIRoutes(settings: settings, publicURL: publicURL).addRoutes(to: router)
    }

    /// Every route but the storefront's, as a method and a path.
    var list: [Route] {
        let router = Router(context: SandboxContext.self)
        addRoutes(to: router)
        return router.routes.map { Route(method: $0.method.rawValue, path: $0.path.description) }
    }

    /// What requests that no route takes may have been meant for.
    private var nearMiss: NearMiss {
        NearMiss(authorizePath: settings.authorizePath, routes: list)
    }

    private var authorizationURL: AuthorizationURL {
        AuthorizationURL(publicURL: publicURL, authorizePath: settings.authorizePath)
    }

    /// The storefront is a client of the API like any other.
    private func demo(calling api: some HTTPResponder<SandboxContext>) -> Router<SandboxContext> {
        let router = guardedRouter(.autoGenerateHeadEndpoints)
        let demo = DemoRoutes(
            database: database,
            client: InProcessClient(responder: api),
            pages: pages,
            publicURL: { publicURL.value },
            authorizationURL: authorizationURL,
            randomToken: database.environment.randomToken
        )
        demo.addRoutes(to: router)
        return router
    }

    private func guardedRouter(_ options: RouterOptions = []) -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self, options: options)
        let authorizePath = settings.authorizePath
        router.addMiddleware {
            HeadMiddleware()
            ExchangeRecorder(
                database: database,
                journal: journal,
                metrics: metrics,
                attributions: attributions,
                authorizePath: authorizePath,
                logger: logger
            )
            CrossOriginAccess(origin: settings.corsOrigin)
            RefusalMiddleware(
                pages: pages,
                authorizePath: authorizePath,
                choices: settings.choices,
                nearMiss: nearMiss
            )
            HostGuard(allowedHosts: Set(settings.allowedHosts.map { $0.lowercased() }), authorizePath: authorizePath)
            ControlGuard(token: settings.controlToken)
            QueryCredentialsGuard()
            RequestLimits(authorizePath: authorizePath)
            AttributionMiddleware(attributions: attributions, authorizePath: authorizePath)
            if let limiter { limiter }
            FaultMiddleware(
                attributions: attributions,
                authorizePath: authorizePath,
                acceptsHeader: settings.acceptsFaultHeader
            )
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
