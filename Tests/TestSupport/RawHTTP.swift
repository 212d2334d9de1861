/// Sends bytes over a socket of their own and reads until the server closes, for requests that no client would send.
///
/// - Parameters:
///   - bytes: What to send.
///   - port: The server's port on the loopback address.
///   - isHalfClosing: Whether the sending side is closed after the last byte.
/// - Returns: What came back; empty where the connection was closed without a word.
/// - Throws: What connecting does.
package func rawExchange(_ bytes: [UInt8], port: Int, isHalfClosing: Bool = false) async throws -> String {
    try await rawConnection(bytes, port: port, isHalfClosing: isHalfClosing).text
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
