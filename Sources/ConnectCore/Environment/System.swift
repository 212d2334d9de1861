#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension SandboxEnvironment {
    /// The operating system's clock and random numbers.
    ///
    /// The only place that asks for either.
    package static let system = SandboxEnvironment(
        now: { Instant(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1000)) },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in generator.next() }
        }
    )
}
