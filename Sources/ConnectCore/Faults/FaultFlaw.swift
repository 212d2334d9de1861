/// Why a rule can never hit anything.
package struct FaultFlaw: Error, Equatable {
    /// As it goes on after “the fault …”.
    package let reason: String

    /// Looks for one.
    ///
    /// - Parameters:
    ///   - match: Which requests the rule is for.
    ///   - effect: What is to happen to them.
    ///   - probability: How likely that is.
    ///   - authorizePath: Where the authorization URL is.
    package init?(
        _ match: FaultRule.Match,
        _ effect: FaultEffect,
        probability: Double,
        authorizePath: String
    ) {
        guard let reason = Self.reason(match, effect, probability, authorizePath) else { return nil }
        self.reason = reason
    }

    private static func reason(
        _ match: FaultRule.Match,
        _ effect: FaultEffect,
        _ probability: Double,
        _ authorizePath: String
    ) -> String? {
        if effect.answer == nil, effect.latency == nil {
            return "must have one of outcome, status, wire and latency: nothing would happen"
        }
        if probability <= 0 { return "can never hit: its probability is 0" }
        if let path = match.path, isOutside(path) {
            return "can never hit: \(path) belongs to no retailer"
        }
        let endpoints = Endpoint.allCases.filter { match.canMatch($0, authorizePath) }
        if endpoints.isEmpty { return "can never hit: no endpoint has this path and method" }
        guard case .outcome(let outcome) = effect.answer else { return nil }
        switch outcome.answer {
        case .page, .redirect:
            return "cannot answer \(outcome.key): that page or redirect depends on who asks"
        default:
            break
        }
        guard !endpoints.contains(where: outcome.canAnswer) else { return nil }
        let names = endpoints.map(\.name).joined(separator: ", ")
        return "can never hit: \(outcome.key) is no answer of \(names)"
    }

    /// What is never hit, whoever asks.
    private static func isOutside(_ path: String) -> Bool {
        ["/_sandbox", "/.well-known", "/demo", "/livez", "/readyz"].contains { path.hasPrefix($0) }
    }
}

extension FaultRule.Match {
    fileprivate func canMatch(_ candidate: Endpoint, _ authorizePath: String) -> Bool {
        if let endpoint, endpoint != candidate { return false }
        if let method, !candidate.methods.contains(method) { return false }
        guard let path else { return true }
        return PathPattern(path).canMatch(template: candidate == .authorize ? authorizePath : candidate.path)
    }
}
