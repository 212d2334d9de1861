/// A failure on demand: which requests of a retailer are hit, and what happens to them.
package struct FaultRule: Equatable, Sendable {
    /// Which requests.
    package struct Match: Equatable, Sendable {
        package var endpoint: Endpoint?
        package var method: String?
        /// A path in which `*` stands for any text.
        package var path: String?

        package init(endpoint: Endpoint? = nil, method: String? = nil, path: String? = nil) {
            self.endpoint = endpoint
            self.method = method
            self.path = path
        }
    }

    package let id: String
    package let match: Match
    package let effect: FaultEffect
    /// The first of the matching requests that can be hit, counted from 1.
    package let nth: Int
    /// How many are hit; nil for all.
    package let times: Int?
    /// How likely one that can be hit is.
    package let probability: Double
    /// What the dice of probability and latency come from.
    package let seed: UInt64
    /// How many requests matched so far.
    package var seen: Int
    /// How many of them were hit.
    package var hits: Int

    package init(
        id: String,
        match: Match,
        effect: FaultEffect,
        nth: Int,
        times: Int?,
        probability: Double,
        seed: UInt64,
        seen: Int = 0,
        hits: Int = 0
    ) {
        self.id = id
        self.match = match
        self.effect = effect
        self.nth = nth
        self.times = times
        self.probability = probability
        self.seed = seed
        self.seen = seen
        self.hits = hits
    }

    /// How many more are hit; nil where there is no end.
    package var remaining: Int? { times.map { max(0, $0 - hits) } }

    /// Whether it can still hit anything.
    package var isArmed: Bool { remaining != 0 }

    /// Counts a request.
    ///
    /// - Parameter request: The request.
    /// - Returns: What happens to it; nil where it is not hit.
    package mutating func take(_ request: FaultTarget) -> FaultHit? {
        guard isArmed, matches(request) else { return nil }
        seen += 1
        let dice = SeededDice(seed: seed, throwing: seen)
        guard seen >= nth, dice.first < probability else { return nil }
        hits += 1
        return FaultHit(id: id, effect: effect, dice: dice)
    }

    private func matches(_ request: FaultTarget) -> Bool {
        if let endpoint = match.endpoint, request.endpoint != endpoint { return false }
        if let method = match.method, request.method != method { return false }
        if let path = match.path, !PathPattern(path).matches(request.path) { return false }
        guard case .outcome(let outcome) = effect.answer else { return true }
        return request.endpoint.map(outcome.canAnswer) ?? false
    }
}

/// A request, as far as rules tell requests apart.
package struct FaultTarget: Equatable, Sendable {
    package let endpoint: Endpoint?
    package let method: String
    package let path: String

    package init(endpoint: Endpoint?, method: String, path: String) {
        self.endpoint = endpoint
        self.method = method
        self.path = path
    }
}

/// What happens to one request.
package struct FaultHit: Equatable, Sendable {
    /// The rule's; nil where the request's own header asked for it.
    package let id: String?
    package let effect: FaultEffect
    private let dice: SeededDice

    package init(id: String?, effect: FaultEffect, dice: SeededDice) {
        self.id = id
        self.effect = effect
        self.dice = dice
    }

    /// How long the request waits, in milliseconds.
    package var delay: Int {
        effect.latency?.milliseconds(draw: dice.second, second: dice.third) ?? 0
    }
}
