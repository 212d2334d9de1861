/// A path of the control API, with its query.
package struct ControlPath: Sendable {
    private let segments: [String]
    private var query: [(name: String, value: String)]

    /// - Parameters:
    ///   - segments: What follows `/_sandbox`, not encoded.
    ///   - query: Names and values, not encoded.
    package init(_ segments: [String], query: KeyValuePairs<String, String> = [:]) {
        self.segments = segments
        self.query = query.map { (name: $0.key, value: $0.value) }
    }

    /// Says more about what is asked for.
    ///
    /// - Parameter parameters: Names and values, not encoded.
    /// - Returns: The path with the parameters in its query.
    package func adding(_ parameters: [(name: String, value: String)]) -> ControlPath {
        var path = self
        path.query += parameters
        return path
    }

    /// As a request names it, percent-encoded.
    var target: String {
        let path = (["", "_sandbox"] + segments.map(\.percentEncoded)).joined(separator: "/")
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}
