import NIOCore
import NIOHTTP1
import NIOPosix

/// How a server is reached that speaks HTTP/1.1.
struct HTTPConnection: Sendable {
    /// The parts of a response, its head first, as they come.
    typealias Parts = NIOAsyncChannelInboundStream<HTTPClientResponsePart>

    let server: ServerAddress
    /// How long connecting may take.
    let connectTimeout: TimeAmount
    /// How long the server may be silent; nil where it may be for ever.
    let readTimeout: TimeAmount?

    /// Connects.
    ///
    /// - Returns: The connection, which closes itself when the server has been silent for too long.
    /// - Throws: What connecting does.
    func open() async throws -> NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(connectTimeout)
            .connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    if let readTimeout {
                        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(readTimeout: readTimeout))
                        try channel.pipeline.syncOperations.addHandler(CloseOnTimeout())
                    }
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel
                    )
                }
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
