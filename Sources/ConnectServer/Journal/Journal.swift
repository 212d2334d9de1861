import ConnectCore
import Synchronization

/// The latest exchanges, in memory, for whoever asks and whoever waits.
final class Journal: Sendable {
    private struct State {
        var ring: ExchangeRing
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - count: How many exchanges are kept.
    ///   - bytes: About how many bytes they may take.
    init(count: Int, bytes: Int) {
        state = Mutex(State(ring: ExchangeRing(count: count, size: bytes)))
    }

    func append(_ make: (_ id: Int) -> Exchange) -> Exchange {
        let (exchange, waiting) = state.withLock { state in
            let exchange = state.ring.append(make)
            defer { state.waiting.removeAll() }
            return (exchange, state.waiting.values.map { $0 })
        }
        for waiter in waiting { waiter.resume() }
        return exchange
    }

    /// Looks at what there is.
    func read<Value: Sendable>(_ look: (ExchangeRing) -> Value) -> Value {
        state.withLock { look($0.ring) }
    }

    /// Forgets exchanges.
    ///
    /// - Parameter retailer: Whose; nil for all.
    func clear(_ retailer: RetailerID?) {
        state.withLock { $0.ring.clear(retailer) }
    }

    /// Waits until an exchange comes after one, or the task is cancelled.
    ///
    /// - Parameter id: The exchange; there may be later ones already.
    func change(after id: Int) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.ring.lastID <= id, !Task.isCancelled else { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}
