/// What a request may have been meant for, where no route has its path and method.
///
/// Only routes are named, with their parameters in braces: nothing of the request, which may hold a secret, is repeated.
package struct NearMiss: Sendable {
    private static let maximumDistance = 4
    private static let maximumRoutes = 2
    /// No route is nearly as long; what is longer is not looked at.
    private static let maximumSegments = 16

    private let targets: [Target]
    /// What every segment of a route's path that is no parameter is called, but for writing.
    private let literals: Set<[String]>

    /// A route, and what it is recognised by.
    private struct Target: Sendable {
        let route: Route
        let templates: [[PathSegment]]
        /// The names of Instacart's pages about it, which are taken for paths.
        let names: Set<[String]>
    }

    /// - Parameters:
    ///   - authorizePath: Where the authorization URL is.
    ///   - routes: What the server answers beside the endpoints.
    package init(authorizePath: String, routes: [Route] = []) {
        let endpoints = Endpoint.allCases.map { endpoint in
            let path = endpoint == .authorize ? authorizePath : endpoint.path
            return Target(
                route: Route(method: endpoint.method, path: path),
                // Who goes by the default path finds the one that a setting names.
                templates: Set([path, endpoint.path]).map(PathSegment.segments(of:)),
                names: Set(endpoint.pageNames.map { PathSegment($0).words })
            )
        }
        let known = Set(endpoints.map(\.route))
        let others = routes.filter { !known.contains($0) }.map { route in
            Target(route: route, templates: [PathSegment.segments(of: route.path)], names: [])
        }
        targets = endpoints + others
        literals = Set(targets.flatMap(\.templates).joined().filter { !$0.isParameter }.map(\.words))
    }

    /// Why no endpoint of Instacart's answers.
    ///
    /// - Parameters:
    ///   - method: The request's method.
    ///   - path: Its path.
    /// - Returns: The reason; it asks for the closest routes where there are any.
    package func reason(method: String, path: String) -> Reason {
        let hasEmptySegment = path.hasSuffix("/") || path.contains("//")
        let reason: Reason =
            hasEmptySegment
            ? "No endpoint's path ends in a slash or doubles one" : "No endpoint has this path and method"
        let routes = routes(closestTo: method, path)
        return routes.isEmpty ? "\(reason)." : "\(reason); did you mean \(routes)?"
    }

    /// The routes that a request is closest to.
    ///
    /// - Parameters:
    ///   - method: The request's method.
    ///   - path: Its path.
    /// - Returns: One or two; none where no route is close, or more than two are equally so.
    package func routes(closestTo method: String, _ path: String) -> [Route] {
        let request = PathSegment.segments(of: path)
        guard request.count <= Self.maximumSegments else { return [] }
        var closest: [Route] = []
        var least = Closeness(distance: Self.maximumDistance, methods: .unlike)
        for target in targets {
            guard let distance = distance(of: request, from: target) else { continue }
            let methods = MethodLikeness(method, target.route.method)
            let closeness = Closeness(distance: distance + (methods == .same ? 0 : 1), methods: methods)
            if closeness < least { closest = [] }
            if closeness <= least {
                least = closeness
                closest.append(target.route)
            }
        }
        return closest.count > Self.maximumRoutes ? [] : closest
    }

    private func distance(of path: [PathSegment], from target: Target) -> Int? {
        if path.contains(where: { target.names.contains($0.words) }) { return 1 }
        return target.templates
            .compactMap { PathAlignment(path: path, template: $0, literals: literals).distance }
            .min()
    }
}

extension Endpoint {
    fileprivate var pageNames: [String] {
        switch self {
        case .generateAccessToken: [name, "generate_linking_token"]
        case .authorize: []
        default: [name]
        }
    }
}

/// How like two methods are.
private enum MethodLikeness: Int {
    case same
    /// Both read, or both write.
    case alike
    case unlike

    init(_ one: String, _ other: String) {
        let reading: Set = ["GET", "HEAD", "OPTIONS"]
        self = one == other ? .same : reading.contains(one) == reading.contains(other) ? .alike : .unlike
    }
}

/// What routes are compared by: how far the paths are apart, then how like the methods are.
private struct Closeness: Comparable {
    let distance: Int
    let methods: MethodLikeness

    static func < (one: Closeness, other: Closeness) -> Bool {
        (one.distance, one.methods.rawValue) < (other.distance, other.methods.rawValue)
    }
}
