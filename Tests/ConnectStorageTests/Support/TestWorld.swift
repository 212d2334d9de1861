import ConnectCore
import Synchronization

/// A clock that stands until a test moves it, and random bytes that count, so that no two tokens are the same.
///
/// It begins at 2026-01-01T00:00:00Z.
final class TestWorld: Sendable {
    static let start = Instant(secondsSinceEpoch: 1_767_225_600)

    private let instant = Mutex(TestWorld.start)
    private let calls = Mutex<UInt64>(0)

    var environment: SandboxEnvironment {
        SandboxEnvironment(
            now: { self.instant.withLock { $0 } },
            randomBytes: { count in
                let call = self.nextCall()
                return (0..<count).map { index in UInt8(truncatingIfNeeded: call >> (8 * (count - 1 - index))) }
            }
        )
    }

    func advance(seconds: Int64) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }

    private func nextCall() -> UInt64 {
        calls.withLock { calls in
            calls += 1
            return calls
        }
    }
}
