package import ConnectCore
import Synchronization

/// A clock that stands until a test moves it, and random bytes that repeat from run to run.
package final class TestEnvironment: Sendable {
    /// 2026-01-01T00:00:00Z.
    package static let start = Instant(secondsSinceEpoch: 1_767_225_600)

    private let instant = Mutex(TestEnvironment.start)
    private let random = Mutex(SplitMix64())

    package init() {}

    package var environment: SandboxEnvironment {
        SandboxEnvironment(
            now: { self.instant.withLock { $0 } },
            randomBytes: { count in self.random.withLock { generator in (0..<count).map { _ in generator.next() } } }
        )
    }

    package func advance(seconds: Int64) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }

    package func advance(_ period: Period) {
        instant.withLock { $0 = $0.adding(period) }
    }
}

/// A small generator with a fixed seed (Steele, Lea and Flood 2014).
private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64 = 42

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
