import Crypto
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension SandboxEnvironment {
    /// The instant that clocks stand at where a seed is given: 2026-01-01T00:00:00Z.
    package static let seededStart = Instant(secondsSinceEpoch: 1_767_225_600)

    /// An environment whose random bytes are the same for the same seed, in the order in which they are asked for.
    ///
    /// - Parameters:
    ///   - seed: Any number.
    ///   - now: The real time.
    /// - Returns: The environment.
    package static func seeded(_ seed: UInt64, now: @escaping @Sendable () -> Instant) -> SandboxEnvironment {
        let stream = SeededBytes(seed: seed)
        return SandboxEnvironment(now: now, randomBytes: stream.next)
    }
}

/// SHA-256 of the seed and a counter, block after block: the same on every machine.
private final class SeededBytes: Sendable {
    private struct State {
        var counter: UInt64 = 0
        var unused: [UInt8] = []
    }

    private let seed: UInt64
    private let state = Mutex(State())

    init(seed: UInt64) {
        self.seed = seed
    }

    func next(_ count: Int) -> [UInt8] {
        state.withLock { state in
            while state.unused.count < count {
                state.unused += SHA256.hash(data: Data("connect-sandbox \(seed) \(state.counter)".utf8))
                state.counter += 1
            }
            defer { state.unused.removeFirst(count) }
            return Array(state.unused.prefix(count))
        }
    }
}
