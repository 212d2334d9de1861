import Dispatch
import Foundation
import Synchronization

/// Writes lines to a file descriptor, and never lets whoever logs wait for whoever reads.
///
/// A process whose standard error nobody reads has a pipe that is full after 64 KiB. Requests go on being answered then:
/// what does not fit is dropped and counted.
final class LogWriter: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    /// Short enough for nobody to notice, and long enough for a busy server's lines to be written together.
    private static let pause = DispatchTimeInterval.milliseconds(5)

    private let descriptor: Int32
    private let capacity: Int
    private let lossLine: @Sendable (_ count: Int) -> String
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "connect-sandbox.log")

    /// - Parameters:
    ///   - descriptor: Where to.
    ///   - capacity: How many bytes may wait behind those that are being written, which are no more.
    ///   - lossLine: What is written where lines were dropped.
    init(descriptor: Int32, capacity: Int = 1_048_576, lossLine: @escaping @Sendable (_ count: Int) -> String) {
        self.descriptor = descriptor
        self.capacity = capacity
        self.lossLine = lossLine
    }

    /// Adds a line, to be written soon.
    ///
    /// - Parameter line: The line, without its end.
    func append(_ line: String) {
        let isFirst = state.withLock { state in
            guard state.pending.count + line.utf8.count < capacity else {
                state.dropped += 1
                return false
            }
            state.pending += line.utf8
            state.pending.append(UInt8(ascii: "\n"))
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { queue.asyncAfter(deadline: .now() + Self.pause) { self.drain() } }
    }

    /// Waits until everything is written, but not for a reader who does not read.
    ///
    /// - Parameter seconds: How long.
    func flush(within seconds: Int) {
        let done = DispatchSemaphore(value: 0)
        queue.async {
            self.drain()
            done.signal()
        }
        _ = done.wait(timeout: .now() + .seconds(seconds))
    }

    private func drain() {
        while let bytes = take() { write(bytes) }
    }

    private func take() -> [UInt8]? {
        state.withLock { state in
            guard !state.pending.isEmpty || state.dropped > 0 else {
                state.isWriting = false
                return nil
            }
            var bytes: [UInt8] = []
            swap(&bytes, &state.pending)
            if state.dropped > 0 {
                bytes += "\(lossLine(state.dropped))\n".utf8
                state.dropped = 0
            }
            return bytes
        }
    }

    /// Writes all of it, or nothing more where nobody can read any longer.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody who shares the descriptor has made it one that does not wait.
                var awaited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&awaited, 1, 1000)
            } else if errno != EINTR {
                return
            }
        }
    }
}
