import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection after an answer on which it cannot go on.
///
/// That is one that says `Connection: close`, as the answer to a body over the limit does, whose rest nobody wants to
/// read; and one to a request that offered to switch protocols (RFC 9110 §7.8). The offer is declined, but SwiftNIO's
/// decoder stops reading once it has seen one, so a second request on the connection would never be answered. Java's
/// `HttpClient` makes the offer by default.
///
/// The sending side is closed at once and the whole connection a second later, so that the client can read the answer
/// while it is still sending.
final class ConnectionCloser: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let patience = TimeAmount.seconds(1)
    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.offersUpgrade { isClosing = true }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.headerFields[.connection] == "close" { isClosing = true }
            if isClosing { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isClosing:
            let channel = context.channel
            let written = promise ?? channel.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in
                channel.close(mode: .output, promise: nil)
                channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            }
            context.writeAndFlush(data, promise: written)
        default:
            context.write(data, promise: promise)
        }
    }
}

extension HTTPRequest {
    fileprivate var offersUpgrade: Bool {
        headerFields[.upgrade] != nil
            && headerFields[values: .connection].contains { $0.lowercased().contains("upgrade") }
    }
}
