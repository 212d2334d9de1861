extension Endpoint {
    /// The methods that it answers: the authorization URL takes forms too.
    package var methods: [String] {
        self == .authorize ? ["GET", "POST"] : [method]
    }

    /// Finds the endpoint that a request is for.
    ///
    /// - Parameters:
    ///   - method: The request's method; HEAD counts as GET.
    ///   - path: The request's path, without query and as it was sent.
    ///   - authorizePath: Where the authorization URL is.
    package init?(method: String, path: String, authorizePath: String) {
        let method = method == "HEAD" ? "GET" : method
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let found = Endpoint.allCases.first { endpoint in
            guard endpoint.methods.contains(method) else { return false }
            guard endpoint != .authorize else { return path == authorizePath }
            let template = endpoint.path.split(separator: "/", omittingEmptySubsequences: false)
            return template.count == segments.count
                && zip(template, segments).allSatisfy { $0 == $1 || ($0.first == "{" && !$1.isEmpty) }
        }
        guard let found else { return nil }
        self = found
    }
}
