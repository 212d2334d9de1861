import Foundation

/// How long an answer is held back, in milliseconds.
package enum Latency: Equatable, Sendable {
    /// The longest: a minute.
    package static let maximum = 60_000

    case fixed(Int)
    /// Anything from the first to the second alike.
    case uniform(Int, Int)
    /// Mostly about the median, now and then much longer: what networks do.
    case lognormal(median: Double, sigma: Double)

    /// Throws the dice.
    ///
    /// - Parameters:
    ///   - draw: A number from 0 up to 1.
    ///   - second: Another.
    /// - Returns: Milliseconds, at most ``maximum``.
    package func milliseconds(draw: Double, second: Double) -> Int {
        switch self {
        case .fixed(let milliseconds):
            return milliseconds
        case .uniform(let least, let most):
            return least + Int(draw * Double(most - least + 1))
        case .lognormal(let median, let sigma):
            // Box and Muller's normal deviate.
            let normal = (-2 * log(1 - draw)).squareRoot() * cos(2 * .pi * second)
            return Int(min(median * exp(sigma * normal), Double(Self.maximum)))
        }
    }
}
