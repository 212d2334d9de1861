import ConnectCore

extension RetailerState.FaultState {
    private static let outcomes = Dictionary(uniqueKeysWithValues: Outcome.catalogue.map { ($0.key, $0) })

    init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(
            [
                "id", "endpoint", "method", "path", "outcome", "status", "wire", "latency", "nth", "times",
                "probability", "seed", "seen", "hits", "remaining",
            ],
            keepsNull: true
        )
        id = try fields["id"]?.text()
        match = FaultRule.Match(
            endpoint: try fields["endpoint"]?.endpoint(),
            method: try fields["method"]?.value("an HTTP method such as GET", Self.method),
            path: try fields["path"]?.value("a path such as /v2/fulfillment/*") { $0.hasPrefix("/") ? $0 : nil }
        )
        let answers = [fields["outcome"], fields["status"], fields["wire"]].compactMap { $0 }
        guard answers.count < 2 else { throw answers[1].error("goes with neither outcome, status nor wire") }
        effect = FaultEffect(
            answer: try Self.answer(fields),
            latency: try fields["latency"].map { latency throws(StateDocumentError) in try Latency(latency) }
        )
        nth = try fields["nth"]?.count() ?? 1
        times = if let times = fields["times"] { times.isNull ? nil : try times.count() } else { 1 }
        probability = try fields["probability"]?.decimal() ?? 1
        seed = try fields["seed"]?.value("a whole number from 0 to \(Int64.max)") { text in
            Int64(text).flatMap { UInt64(exactly: $0) }
        }
        seen = try fields["seen"]?.count(from: 0) ?? 0
        hits = try fields["hits"]?.count(from: 0) ?? 0
        if let path = node.authorizePath,
            let flaw = FaultFlaw(match, effect, probability: probability, authorizePath: path)
        {
            throw node.error(flaw.reason)
        }
    }

    private static func method(_ text: String) -> String? {
        text.allSatisfy { $0.isASCII && $0.isLetter } ? text.uppercased() : nil
    }

    private static func answer(_ fields: [String: DocumentNode]) throws(StateDocumentError) -> FaultEffect.Answer? {
        if let outcome = fields["outcome"] {
            return .outcome(
                try outcome.value("the key of an outcome, as /_sandbox/contract lists them") { outcomes[$0] }
            )
        }
        if let status = fields["status"] {
            return .outcome(
                try status.value("408, 429, 500 or 503") { Int($0).flatMap(Outcome.shared(forFaultStatus:)) }
            )
        }
        guard let wire = fields["wire"] else { return nil }
        let known = WireFault.allCases.map(\.rawValue).joined(separator: ", ")
        return .wire(try wire.value("one of \(known)", WireFault.init(rawValue:)))
    }
}

extension Latency {
    fileprivate init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(["fixed", "uniform", "lognormal"])
        switch (fields["fixed"], fields["uniform"], fields["lognormal"]) {
        case (let fixed?, nil, nil):
            self = .fixed(try fixed.count(from: 0, to: Self.maximum))
        case (nil, let uniform?, nil):
            let bounds = try uniform.elements()
            guard bounds.count == 2 else { throw uniform.error("must be the least and the most milliseconds") }
            let least = try bounds[0].count(from: 0, to: Self.maximum)
            self = .uniform(least, try bounds[1].count(from: least, to: Self.maximum))
        case (nil, nil, let lognormal?):
            let parts = try lognormal.fields(["median", "sigma"])
            let median = try lognormal.required("median", in: parts)
            let sigma = try lognormal.required("sigma", in: parts)
            self = .lognormal(
                median: try median.decimal(atMost: Double(Self.maximum)),
                sigma: try sigma.decimal(atMost: 10)
            )
        default:
            throw node.error("must have one of fixed, uniform and lognormal")
        }
    }
}

extension DocumentNode {
    fileprivate func endpoint() throws(StateDocumentError) -> Endpoint {
        let known = Endpoint.allCases.map(\.name).joined(separator: ", ")
        return try value("one of \(known)", Endpoint.init(rawValue:))
    }

    /// A whole number.
    fileprivate func count(from least: Int = 1, to most: Int = 1_000_000_000) throws(StateDocumentError) -> Int {
        try value("a whole number from \(least) to \(most)") { text in
            Int(text).flatMap { (least...most).contains($0) ? $0 : nil }
        }
    }

    /// A number from 0 on.
    fileprivate func decimal(atMost most: Double = 1) throws(StateDocumentError) -> Double {
        try value("a number from 0 to \(most)") { text in
            Double(text).flatMap { (0...most).contains($0) ? $0 : nil }
        }
    }
}
