import ConnectCore
import ConnectStorage
import NIOCore
import Synchronization

/// What becomes known of a request while it is answered, for whoever records it.
final class RequestTrace: Sendable {
    struct State: Sendable {
        /// As much of it as was read.
        var body = ByteBuffer()
        var attribution: Attribution?
        /// What hit the request.
        var fault: FaultHit?
    }

    private let state = Mutex(State())

    var value: State { state.withLock { $0 } }

    func update(_ change: @Sendable (inout State) -> Void) {
        state.withLock { change(&$0) }
    }
}
