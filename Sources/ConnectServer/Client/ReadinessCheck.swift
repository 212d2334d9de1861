import NIOCore
import NIOHTTP1

/// Asks `/readyz` of a running server.
package struct ReadinessCheck: Sendable {
    private let server: ServerAddress

    package init(server: ServerAddress) {
        self.server = server
    }

    /// Asks once, or until the server is ready.
    ///
    /// - Parameters:
    ///   - timeout: How long at most.
    ///   - retrying: Whether to ask again after a failure.
    /// - Returns: Nil where the server is ready; else what the last answer was.
    package func problem(within timeout: Duration, retrying: Bool) async -> String? {
        let deadline = ContinuousClock.now.advanced(by: timeout)
        var last: String?
        repeat {
            last = await problem(by: deadline)
            guard last != nil, retrying else { return last }
            try? await Task.sleep(for: .milliseconds(20))
        } while ContinuousClock.now < deadline
        return last
    }

    private func problem(by deadline: ContinuousClock.Instant) async -> String? {
        let left = ContinuousClock.now.duration(to: deadline)
        let timeout = TimeAmount.milliseconds(max(1, min(left.milliseconds, 5000)))
        do {
            let status = try await status(timeout: timeout)
            return status == .ok ? nil : "it answers \(status.code)"
        } catch {
            return "it does not answer"
        }
    }

    private func status(timeout: TimeAmount) async throws -> HTTPResponseStatus {
        let connection = HTTPConnection(server: server, connectTimeout: timeout, readTimeout: timeout)
        let request = HTTPExchange.Request(method: .GET, target: "/readyz")
        return try await HTTPExchange(connection: connection).send(request) { parts in
            for try await case .head(let response) in parts {
                return response.status
            }
            throw ChannelError.eof
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
