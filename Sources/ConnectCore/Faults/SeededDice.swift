import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Three numbers from 0 up to 1 that are the same for the same seed and throw.
package struct SeededDice: Equatable, Sendable {
    package let first: Double
    package let second: Double
    package let third: Double

    package static let zero = SeededDice(seed: 0, throwing: 0)

    /// - Parameters:
    ///   - seed: Any number.
    ///   - throwing: Which throw it is.
    package init(seed: UInt64, throwing: Int) {
        let bytes = Array(SHA256.hash(data: Data("connect-sandbox fault \(seed) \(throwing)".utf8)))
        let numbers = stride(from: 0, to: 24, by: 8).map { start in
            let bits = bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Double(bits >> 11) / Double(1 << 53)
        }
        first = numbers[0]
        second = numbers[1]
        third = numbers[2]
    }
}
