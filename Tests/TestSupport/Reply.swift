import Foundation
package import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat

/// A response as a test reads it.
package struct Reply: Sendable {
    package let status: Int
    package let headers: HTTPFields
    package let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// The body as JSON; null where it is none.
    package var json: JSONValue {
        (try? JSONValue(parsing: Data(text.utf8))) ?? .null
    }

    package var outcome: String? { header("X-Sandbox-Outcome") }
    package var reason: String? { header("X-Sandbox-Reason") }

    package func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// A string of the body's top level.
    ///
    /// - Parameter key: The field.
    /// - Returns: Its value.
    /// - Throws: ``MissingField`` with the whole reply where there is none.
    package func string(_ key: String) throws -> String {
        guard let string = json[key]?.string else { throw MissingField(key: key, reply: text) }
        return string
    }
}

/// A reply was not what a step needed to go on.
package struct MissingField: Error, CustomStringConvertible {
    let key: String
    let reply: String

    package var description: String { "no \(key) in \(reply)" }
}
