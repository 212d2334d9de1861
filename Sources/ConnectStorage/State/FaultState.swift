import ConnectCore

extension RetailerState {
    /// A fault as a state document says it: id and seed may be left out.
    package struct FaultState: Equatable, Sendable {
        var id: String?
        var match: FaultRule.Match
        var effect: FaultEffect
        var nth: Int
        var times: Int?
        var probability: Double
        var seed: UInt64?
        var seen: Int
        var hits: Int
    }
}

extension RetailerState.FaultState {
    init(_ rule: FaultRule) {
        self.init(
            id: rule.id,
            match: rule.match,
            effect: rule.effect,
            nth: rule.nth,
            times: rule.times,
            probability: rule.probability,
            seed: rule.seed,
            seen: rule.seen,
            hits: rule.hits
        )
    }

    /// Reads a fault that is to be armed.
    ///
    /// - Parameters:
    ///   - body: YAML or JSON.
    ///   - authorizePath: Where the authorization URL is.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String, authorizePath: String) throws(StateDocumentError) {
        try self.init(DocumentNode(body: body, authorizePath: authorizePath))
    }

    func completed(in environment: SandboxEnvironment) -> Self {
        var fault = self
        fault.id = id ?? environment.randomName()
        fault.seed = seed ?? environment.randomBytes(4).reduce(0) { $0 << 8 | UInt64($1) }
        return fault
    }

    /// A completed one.
    var rule: FaultRule {
        guard let id, let seed else { preconditionFailure("a fault was not completed") }
        return FaultRule(
            id: id,
            match: match,
            effect: effect,
            nth: nth,
            times: times,
            probability: probability,
            seed: seed,
            seen: seen,
            hits: hits
        )
    }

    /// The document's entry; the sandbox's own routes answer with it too.
    package var document: DocumentValue {
        var outcome: DocumentValue?
        var wire: DocumentValue?
        switch effect.answer {
        case .outcome(let answer): outcome = .text(answer.key)
        case .wire(let fault): wire = .text(fault.rawValue)
        case nil: break
        }
        return .object([
            ("id", id.map(DocumentValue.text)),
            ("endpoint", match.endpoint.map { .text($0.name) }),
            ("method", match.method.map(DocumentValue.text)),
            ("path", match.path.map(DocumentValue.text)),
            ("outcome", outcome),
            ("wire", wire),
            ("latency", effect.latency?.document),
            ("nth", .number(Int64(nth))),
            ("times", times.map { .number(Int64($0)) } ?? .null),
            ("probability", .decimal(probability)),
            ("seed", seed.map { .number(Int64(clamping: $0)) }),
            ("seen", .number(Int64(seen))),
            ("hits", .number(Int64(hits))),
            ("remaining", times.map { .number(Int64(max(0, $0 - hits))) } ?? .null),
        ])
    }
}

extension Latency {
    fileprivate var document: DocumentValue {
        switch self {
        case .fixed(let milliseconds):
            .object([("fixed", .number(Int64(milliseconds)))])
        case .uniform(let least, let most):
            .object([("uniform", .list([.number(Int64(least)), .number(Int64(most))]))])
        case .lognormal(let median, let sigma):
            .object([("lognormal", .object([("median", .decimal(median)), ("sigma", .decimal(sigma))]))])
        }
    }
}
