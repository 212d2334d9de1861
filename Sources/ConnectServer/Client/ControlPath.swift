/// A path of the control API, with its query.
package struct ControlPath: Sendable {
    private let segments: [String]
    private let query: KeyValuePairs<String, String>

    /// - Parameters:
    ///   - segments: What follows `/_sandbox`, not encoded.
    ///   - query: Names and values, not encoded.
    package init(_ segments: [String], query: KeyValuePairs<String, String> = [:]) {
        self.segments = segments
        self.query = query
    }

    /// As a request names it, percent-encoded.
    var target: String {
        let path = (["", "_sandbox"] + segments.map(\.percentEncoded)).joined(separator: "/")
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}
