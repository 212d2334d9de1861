import ConnectCore
import Synchronization

/// The time as lines begin with it, of which all but the milliseconds is the same for many of them.
final class LogClock: Sendable {
    private struct Second {
        var number: Int64
        /// With a full stop at its end.
        var text: String
    }

    private let now: @Sendable () -> Instant
    private let last = Mutex(Second(number: .min, text: ""))

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    var text: String {
        let time = now()
        let number = time.secondsSinceEpoch
        let second = last.withLock { last in
            if last.number != number { last = Second(number: number, text: "\(time.iso8601.dropLast()).") }
            return last.text
        }
        let milliseconds = "\(time.millisecondsSinceEpoch - number * 1000)"
        return second + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds + "Z"
    }
}
