import Synchronization

/// Lets few tests through at a time.
///
/// Swift Testing starts them all at once; on a small machine each would then take as long as all together, and clients
/// with timeouts give up.
package final class Gate: Sendable {
    /// For sandboxes.
    static let sandboxes = Gate(width: 4)

    /// Whether the task has passed already: a test may start a sandbox within another.
    @TaskLocal private static var hasPassed = false

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    private init(width: Int) {
        state = Mutex(State(free: width))
    }

    func pass<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        guard !Self.hasPassed else { return try await body() }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        defer {
            let next = state.withLock { state in
                if state.waiting.isEmpty { state.free += 1 }
                return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            }
            next?.resume()
        }
        return try await Self.$hasPassed.withValue(true) { try await body() }
    }
}
