import NIOCore
import NIOHTTP1

/// One request and its response, over a connection of their own.
struct HTTPExchange: Sendable {
    struct Request: Sendable {
        let method: HTTPMethod
        /// The path and the query, percent-encoded.
        let target: String
        /// All but `Host`, `Connection` and the body's length.
        var headers: HTTPHeaders = [:]
        var body: ByteBuffer?
    }

    struct Response: Sendable {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    let connection: HTTPConnection

    /// Sends a request and waits for the whole response.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response.
    /// - Throws: What connecting, sending and reading do; `ChannelError.eof` where the response breaks off.
    func response(to request: Request) async throws -> Response {
        try await send(request) { parts in
            var head: HTTPResponseHead?
            var body = ByteBuffer()
            for try await part in parts {
                switch part {
                case .head(let received): head = received
                case .body(let bytes): body.writeImmutableBuffer(bytes)
                case .end:
                    if let head { return Response(status: head.status, headers: head.headers, body: body) }
                }
            }
            throw ChannelError.eof
        }
    }

    /// Sends a request and hands over the response as it comes.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - read: What reads the response; the connection is closed when it returns.
    /// - Returns: What `read` does.
    /// - Throws: What connecting does, and `read`.
    func send<Result: Sendable>(
        _ request: Request,
        reading read: (HTTPConnection.Parts) async throws -> Result
    ) async throws -> Result {
        try await connection.open().executeThenClose { inbound, outbound in
            do {
                try await outbound.write(.head(head(of: request)))
                if let body = request.body { try await outbound.write(.body(.byteBuffer(body))) }
                try await outbound.write(.end(nil))
            } catch let error where !(error is CancellationError) {
                // A server that refuses a long body may answer and close before it has all of it: what it said is
                // still to be read.
            }
            return try await read(inbound)
        }
    }

    private func head(of request: Request) -> HTTPRequestHead {
        var headers = request.headers
        headers.replaceOrAdd(name: "Host", value: connection.server.authority)
        headers.replaceOrAdd(name: "Connection", value: "close")
        if request.body != nil || [.POST, .PUT, .PATCH].contains(request.method) {
            headers.replaceOrAdd(name: "Content-Length", value: String(request.body?.readableBytes ?? 0))
        }
        return HTTPRequestHead(version: .http1_1, method: request.method, uri: request.target, headers: headers)
    }
}
