/// What happens to a request that is hit: an answer of its own, a broken connection, a delay, or a delay and one of the
/// two.
package struct FaultEffect: Equatable, Sendable {
    package enum Answer: Equatable, Sendable {
        /// The request is not carried out; this is answered.
        case outcome(Outcome)
        case wire(WireFault)
    }

    package var answer: Answer?
    package var latency: Latency?

    package init(answer: Answer? = nil, latency: Latency? = nil) {
        self.answer = answer
        self.latency = latency
    }
}

/// How a connection breaks.
package enum WireFault: String, CaseIterable, Sendable {
    /// Reset before anything is answered; the request is not carried out.
    case reset
    /// Closed before anything is answered; the request is not carried out.
    case empty
    /// Carried out; half of the answer's body comes, then the connection is closed.
    case truncated
    /// Carried out; the body that comes is not JSON.
    case malformed

    /// Whether the request is carried out all the same.
    package var isCarriedOut: Bool { self == .truncated || self == .malformed }
}

extension Outcome {
    /// The outcome with which every endpoint answers a status that is asked for by its number.
    ///
    /// - Parameter status: 408, 429, 500 or 503.
    /// - Returns: Nil for any other.
    package static func shared(forFaultStatus status: Int) -> Outcome? {
        [Shared.requestTimeout, Shared.rateLimited, Shared.internalError, Shared.unavailable]
            .first { $0.status == status }
    }

    /// Whether an endpoint can give this answer when it is told to.
    ///
    /// Pages and redirects depend on who asks and cannot be made up.
    ///
    /// - Parameter endpoint: The endpoint.
    /// - Returns: True where it has the endpoint's shape.
    package func canAnswer(_ endpoint: Endpoint) -> Bool {
        guard self.endpoint ?? endpoint == endpoint else { return false }
        switch (answer, endpoint.family) {
        case (.page, _), (.redirect, _): return false
        case (.connectError, let family): return family == .connect
        case (.oauthError, let family): return family == .oauth
        case (.errorPage, let family): return family == .browser
        case (.success, _), (.connectErrors, _), (.eitherError, _): return true
        }
    }
}
