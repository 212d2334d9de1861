/// A method and a path with parameters in braces.
package struct Route: Hashable, Sendable, CustomStringConvertible {
    package let method: String
    package let path: String

    package init(method: String, path: String) {
        self.method = method
        self.path = path
    }

    package var description: String { "\(method) \(path)" }
}
