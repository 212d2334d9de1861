import ConnectCore
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOPosix

/// Breaks the connection of an answer that a wire fault hit.
///
/// The answer says so in a header that never leaves.
final class WireFaultHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var fault: WireFault?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            fault = head.headerFields[.sandboxWire].flatMap(WireFault.init(rawValue:))
            head.headerFields[.sandboxWire] = nil
            switch fault {
            case .reset:
                promise?.succeed()
                reset(context.channel)
            case .empty:
                promise?.succeed()
                context.close(promise: nil)
            case .truncated, .malformed, nil:
                context.write(wrapOutboundOut(.head(head)), promise: promise)
            }
        case .body(let body) where fault == .truncated:
            let half = body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? ByteBuffer()
            context.write(wrapOutboundOut(.body(half)), promise: promise)
        case .end where fault == .truncated:
            promise?.succeed()
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(.body(ByteBuffer()))).whenComplete { _ in channel.close(promise: nil)
            }
        case _ where fault == .reset || fault == .empty:
            promise?.succeed()
        default:
            context.write(data, promise: promise)
        }
    }

    /// Closes without a farewell: what lingers is thrown away, and the peer is told so by a reset (RFC 9293 §3.6.1).
    private func reset(_ channel: any Channel) {
        guard let socket = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    }
}
