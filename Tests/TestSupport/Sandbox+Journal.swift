import HTTPTypes

/// What a test suite reads in the journal.
extension Sandbox {
    /// Recorded exchanges, the latest first.
    ///
    /// - Parameters:
    ///   - query: Filters, as they stand after the question mark.
    ///   - retailer: Whose; nil for everything, what belongs to no retailer included.
    /// - Returns: The exchanges.
    /// - Throws: ``MissingField`` where the query is refused.
    package func requests(_ query: String = "", of retailer: String? = "demo") async throws -> [JSONValue] {
        try await control(.get, Self.journal(retailer, query: query)).succeeded().json["requests"]?.elements ?? []
    }

    /// How many exchanges there are.
    package func requestCount(_ query: String = "", of retailer: String? = "demo") async throws -> Int? {
        try await control(.get, Self.journal(retailer, "/count", query: query)).succeeded().json["count"]?.integer
    }

    /// A path of the journal, without `/_sandbox`.
    package static func journal(_ retailer: String? = "demo", _ path: String = "", query: String = "") -> String {
        let owner = retailer.map { "/retailers/\($0)" } ?? ""
        return "\(owner)/requests\(path)\(query.isEmpty ? "" : "?\(query)")"
    }
}

extension JSONValue {
    /// A header of an exchange's request or response, its name in any case.
    package func header(_ name: String) -> String? {
        guard case .object(let headers) = self["headers"] else { return nil }
        return headers.first { $0.key.lowercased() == name.lowercased() }?.value.string
    }

    /// The id of an exchange.
    ///
    /// - Returns: The id.
    /// - Throws: ``MissingField`` where there is none.
    package func exchangeID() throws -> Int {
        guard let id = self["id"]?.integer else { throw MissingField(key: "id", reply: "\(self)") }
        return id
    }
}
