import NIOCore
import NIOHTTP1
import NIOPosix

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
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(timeout)
            .connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(
                        IdleStateHandler(readTimeout: timeout)
                    )
                    try channel.pipeline.syncOperations.addHandler(CloseOnTimeout())
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let headers: HTTPHeaders = ["Host": "\(server.host)", "Connection": "close"]
            let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/readyz", headers: headers)
            try await outbound.write(.head(head))
            try await outbound.write(.end(nil))
            for try await case .head(let response) in inbound {
                return response.status
            }
            throw ChannelError.eof
        }
    }
}

/// Gives up on a server that took the connection and says nothing.
private final class CloseOnTimeout: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
