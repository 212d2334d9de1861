import Foundation
import NIOCore
import NIOPosix

/// How a connection went.
package struct RawEnding: Sendable {
    /// What came back; empty where the connection ended without a word.
    package let text: String
    /// Whether the server reset it, rather than closing it in order.
    package let isReset: Bool
}

/// Sends bytes over a socket of their own and reads until the connection ends, in whichever way.
///
/// - Parameters:
///   - bytes: What to send.
///   - port: The server's port on the loopback address.
///   - isHalfClosing: Whether the sending side is closed after the last byte.
/// - Returns: What came back, and how it ended.
/// - Throws: What connecting does.
package func rawConnection(_ bytes: [UInt8], port: Int, isHalfClosing: Bool = false) async throws -> RawEnding {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.allowRemoteHalfClosure, value: true)
        .connect(host: "localhost", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        var reply = ByteBuffer()
        var isReset = false
        do {
            try await outbound.write(ByteBuffer(bytes: bytes))
            if isHalfClosing { outbound.finish() }
            for try await part in inbound { reply.writeImmutableBuffer(part) }
        } catch let error as IOError {
            // The server closed while there was still something to send, or reset the connection.
            isReset = error.errnoCode == ECONNRESET
        } catch is ChannelError {
            // The same, noticed elsewhere.
        }
        return RawEnding(text: String(buffer: reply), isReset: isReset)
    }
}
