import Synchronization

/// The storefront's sessions, in memory, the newest 1,000.
final class DemoSessions: Sendable {
    private struct Entries {
        var sessions: [String: DemoSession] = [:]
        /// Oldest first.
        var ids: [String] = []
    }

    private static let capacity = 1_000
    private let entries = Mutex(Entries())

    subscript(id: String) -> DemoSession? {
        entries.withLock { $0.sessions[id] }
    }

    func insert(_ session: DemoSession, id: String) {
        entries.withLock { entries in
            entries.sessions[id] = session
            entries.ids.append(id)
            if entries.ids.count > Self.capacity {
                entries.sessions[entries.ids.removeFirst()] = nil
            }
        }
    }

    func remove(_ id: String) {
        entries.withLock { entries in
            entries.sessions[id] = nil
            entries.ids.removeAll { $0 == id }
        }
    }

    /// Changes a session at once, so that two requests cannot both use what is good once.
    ///
    /// - Parameters:
    ///   - id: The session's.
    ///   - change: The change.
    /// - Returns: What the change returns; nil where the session is gone.
    @discardableResult
    func update<Value: Sendable>(_ id: String, _ change: (inout DemoSession) -> Value) -> Value? {
        entries.withLock { entries in
            guard var session = entries.sessions[id] else { return nil }
            defer { entries.sessions[id] = session }
            return change(&session)
        }
    }
}
