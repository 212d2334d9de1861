import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers a request that offers to switch protocols (RFC 9110 §7.8) in HTTP/1.1, and closes the connection after it.
///
/// SwiftNIO's decoder stops reading once it has seen such an offer, taken or not, so a second request on the
/// connection would never be answered. Java's `HttpClient` makes the offer by default.
final class UpgradeDeclined: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.offersUpgrade else {
            context.fireChannelRead(data)
            return
        }
        isClosing = true
        head.headerFields[.upgrade] = nil
        head.headerFields[.connection] = "close"
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isClosing, case .head(var head) = unwrapOutboundIn(data) else {
            context.write(data, promise: promise)
            return
        }
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}

extension HTTPRequest {
    fileprivate var offersUpgrade: Bool {
        headerFields[.upgrade] != nil
            && headerFields[values: .connection].contains { $0.lowercased().contains("upgrade") }
    }
}
