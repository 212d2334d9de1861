import NIOCore
import NIOPosix

/// The answer to a request for a stream: its head, and its events as they come.
package struct EventReader {
    package let head: RawReply
    /// Whether the stream was ended by the server as HTTP has it, and not cut off.
    package private(set) var hasEnded = false
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    /// What came and was not taken apart yet.
    private var received: ByteBuffer
    /// What the chunks held and makes no whole event yet.
    private var text = ""

    fileprivate init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws {
        var iterator = inbound.makeAsyncIterator()
        var received = ByteBuffer()
        while !String(buffer: received).contains("\r\n\r\n"), let part = try await iterator.next() {
            received.writeImmutableBuffer(part)
        }
        let start = String(buffer: received)
        guard let head = RawReply(start) else { throw MissingField(key: "head", reply: start) }
        self.head = head
        self.inbound = iterator
        received.moveReaderIndex(forwardBy: start.utf8.count - head.body.utf8.count)
        self.received = received
    }

    /// The next event, once it has come; comments are passed over.
    ///
    /// - Returns: Nil at the end of the stream.
    /// - Throws: What reading does, where the connection is cut off.
    package mutating func next() async throws -> ServerSentEvent? {
        while true {
            while let end = text.firstRange(of: "\n\n") {
                let block = text[..<end.lowerBound]
                let event = ServerSentEvent(block)
                text = String(text[end.upperBound...])
                if let event { return event }
            }
            if let chunk = nextChunk() {
                text += chunk
            } else if !hasEnded, let part = try await inbound.next() {
                received.writeImmutableBuffer(part)
            } else {
                return nil
            }
        }
    }

    /// Takes the next whole chunk (RFC 9112 §7.1) out of what came.
    private mutating func nextChunk() -> String? {
        let start = String(buffer: received)
        guard !hasEnded, let line = start.firstRange(of: "\r\n"), let size = Int(start[..<line.lowerBound], radix: 16)
        else { return nil }
        let lineLength = start[..<line.upperBound].utf8.count
        guard received.readableBytes >= lineLength + size + 2 else { return nil }
        received.moveReaderIndex(forwardBy: lineLength)
        let chunk = received.readString(length: size)
        received.moveReaderIndex(forwardBy: 2)
        hasEnded = size == 0
        return hasEnded ? nil : chunk
    }
}

/// Asks for a stream over a connection of its own.
///
/// - Parameters:
///   - path: The path with its query.
///   - headers: Headers besides `Host`.
///   - port: The server's port on the loopback address.
///   - body: Reads the events; the connection is closed after it.
/// - Returns: What the body returns.
/// - Throws: What the body or the connection does.
package func withEventStream<Value: Sendable>(
    _ path: String,
    headers: [(String, String)] = [],
    port: Int,
    _ body: (inout EventReader) async throws -> Value
) async throws -> Value {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "localhost", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        var head = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try await outbound.write(ByteBuffer(string: head + "\r\n"))
        var reader = try await EventReader(inbound)
        return try await body(&reader)
    }
}
