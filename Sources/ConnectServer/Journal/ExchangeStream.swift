import ConnectCore
import Foundation
import NIOCore
import ServiceLifecycle

/// Exchanges as server-sent events (WHATWG HTML §9.2), as they happen, until the client goes or the server stops.
///
/// It keeps nothing of its own: what the journal no longer has when the client is ready for it is told as a gap.
struct ExchangeStream: AsyncSequence, Sendable {
    let journal: Journal
    let filter: ExchangeFilter
    /// The last exchange that the client knows of.
    let last: Int

    func makeAsyncIterator() -> Iterator {
        Iterator(journal: journal, filter: filter, last: last)
    }

    struct Iterator: AsyncIteratorProtocol {
        private enum Waking {
            case change
            case heartbeat
            case shutdown
        }

        private static let heartbeat = Duration.seconds(15)

        let journal: Journal
        let filter: ExchangeFilter
        var last: Int
        private var hasBegun = false

        init(journal: Journal, filter: ExchangeFilter, last: Int) {
            self.journal = journal
            self.filter = filter
            self.last = last
        }

        mutating func next() async throws -> ByteBuffer? {
            guard hasBegun else {
                hasBegun = true
                return position
            }
            while !Task.isCancelled {
                if let events = try events() { return events }
                switch await waking() {
                case .change: continue
                case .heartbeat: return position
                case .shutdown: return nil
                }
            }
            return nil
        }

        /// An event without data: the client takes note of where it is, and that the server is there.
        private var position: ByteBuffer { ByteBuffer(string: "id: \(last)\n\n") }

        /// What has come since the last time; nil where that is nothing that is asked for.
        private mutating func events() throws -> ByteBuffer? {
            // A client may know of a later one than there is, from before a restart: all is new to it.
            let (following, latest) = journal.read { ring in
                (ring.following(last > ring.lastID ? 0 : last), ring.lastID)
            }
            var events = ByteBuffer()
            if following.missed > 0 {
                events.writeString("event: gap\ndata: {\"missed\":\(following.missed)}\n\n")
            }
            for exchange in following.exchanges where filter.matches(exchange) {
                let data = String(decoding: try JSON.data(ExchangeResponse(exchange)), as: UTF8.self)
                events.writeString("id: \(exchange.id)\nevent: exchange\ndata: \(data)\n\n")
            }
            last = latest
            return events.readableBytes > 0 ? events : nil
        }

        private func waking() async -> Waking {
            await withTaskGroup(of: Waking.self) { group in
                group.addTask { [journal, last] in
                    await journal.change(after: last)
                    return .change
                }
                group.addTask {
                    try? await Task.sleep(for: Self.heartbeat)
                    return .heartbeat
                }
                group.addTask {
                    try? await gracefulShutdown()
                    return .shutdown
                }
                defer { group.cancelAll() }
                return await group.next() ?? .shutdown
            }
        }
    }
}
