import NIOCore
import NIOPosix

/// Sends bytes over a socket of their own and reads until the server closes, for requests that no client would send.
///
/// - Parameters:
///   - bytes: What to send.
///   - port: The server's port on the loopback address.
///   - isHalfClosing: Whether the sending side is closed after the last byte.
/// - Returns: What came back; empty where the connection was closed without a word.
/// - Throws: What connecting does.
package func rawExchange(_ bytes: [UInt8], port: Int, isHalfClosing: Bool = false) async throws -> String {
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
        do {
            try await outbound.write(ByteBuffer(bytes: bytes))
            if isHalfClosing { outbound.finish() }
            for try await part in inbound { reply.writeImmutableBuffer(part) }
        } catch is IOError {
            // The server closed while there was still something to send.
        } catch is ChannelError {
            // The same, noticed elsewhere.
        }
        return String(buffer: reply)
    }
}

/// A request as it goes over the wire, with `Connection: close`.
///
/// - Parameters:
///   - method: The HTTP method.
///   - path: The request target.
///   - headers: All headers but `Host` and `Connection`, and `Content-Length` where it is to be counted.
///   - body: The body.
/// - Returns: The bytes.
package func rawRequest(
    _ method: String,
    _ path: String,
    headers: [(String, String)] = [],
    body: String? = nil
) -> [UInt8] {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body, !headers.contains(where: { $0.0.lowercased() == "content-length" }) {
        head += "Content-Length: \(body.utf8.count)\r\n"
    }
    return Array((head + "\r\n" + (body ?? "")).utf8)
}

/// A response as it came over the wire.
package struct RawReply: Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: String

    /// - Parameter text: What ``rawExchange(_:port:)`` returned.
    package init?(_ text: String) {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count >= 2, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else { return nil }
        self.status = status
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
                }
            },
            uniquingKeysWith: { "\($0), \($1)" }
        )
        body = String(text[end.upperBound...])
    }
}
