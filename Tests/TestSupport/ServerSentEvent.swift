import Foundation

/// An event of a stream of server-sent events.
package struct ServerSentEvent: Equatable, Sendable {
    package var id: String?
    package var name: String?
    package var data = ""

    /// Reads an event; there is none where all lines are comments.
    ///
    /// - Parameter block: Its lines.
    init?(_ block: some StringProtocol) {
        var lines: [String] = []
        for line in block.split(separator: "\n") where !line.hasPrefix(":") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1].trimmingPrefix(" ")) : ""
            switch parts[0] {
            case "id": id = value
            case "event": name = value
            case "data": lines.append(value)
            default: continue
            }
        }
        guard name != nil || !lines.isEmpty else { return nil }
        data = lines.joined(separator: "\n")
    }

    /// The data as JSON; null where it is none.
    package var json: JSONValue {
        (try? JSONValue(parsing: Data(data.utf8))) ?? .null
    }
}
