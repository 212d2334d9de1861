/// Where a state document is wrong, and how.
package struct StateDocumentError: Error, Equatable, CustomStringConvertible {
    /// The file's name, or whatever else the document came as.
    package let source: String
    /// Counted from 1; nil where the error has no place of its own.
    package let line: Int?
    /// The field, as in `applications[0].redirect_uris`; empty at the top.
    package let path: String
    package let reason: String

    package var description: String {
        let place = line.map { "\(source):\($0)" } ?? source
        return path.isEmpty ? "\(place): \(reason)" : "\(place): \(path): \(reason)"
    }
}
