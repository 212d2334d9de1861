extension Reply {
    /// The code of a control answer's error.
    package var errorCode: String? { json["error"]?["code"]?.string }

    /// The sentence of a control answer's error; empty where there is none.
    package var errorMessage: String { json["error"]?["message"]?.string ?? "" }

    /// Stops a test whose next steps need this one.
    ///
    /// - Returns: The reply.
    /// - Throws: ``MissingField`` with the whole reply where it is not one of success.
    @discardableResult
    package func succeeded() throws -> Reply {
        guard (200..<300).contains(status) else { throw MissingField(key: "success", reply: "\(status) \(text)") }
        return self
    }
}
