/// How a message is logged.
package enum LogFormat: String, CaseIterable, Sendable {
    /// A line for people.
    case text
    /// An object for programs, on a line of its own.
    case json
}
