import HummingbirdTesting

extension Sandbox {
    /// The port of a live sandbox.
    package var port: Int {
        guard let port = client.port else { preconditionFailure("raw requests need a live sandbox") }
        return port
    }

    /// Sends bytes over a socket of their own; see ``rawExchange(_:port:)``.
    ///
    /// - Parameters:
    ///   - bytes: What to send.
    ///   - isHalfClosing: Whether the sending side is closed after the last byte.
    /// - Returns: What came back; empty where the connection was closed without a word.
    /// - Throws: What connecting does.
    package func raw(_ bytes: [UInt8], isHalfClosing: Bool = false) async throws -> String {
        try await rawExchange(bytes, port: port, isHalfClosing: isHalfClosing)
    }

    /// Sends a text over a socket of its own.
    ///
    /// - Parameter text: What to send.
    /// - Returns: What came back; empty where the connection was closed without a word.
    /// - Throws: What connecting does.
    package func raw(_ text: String) async throws -> String {
        try await raw(Array(text.utf8))
    }
}
