/// One ASCII sentence that says which check failed, what was expected and what came.
///
/// It becomes a response header.
///
/// What is interpolated is made fit for a header: cut to 100 characters, and percent-encoded where it is not printable
/// ASCII. Secrets, tokens, codes, verifiers and passwords never go in; a ``ClientSecret`` does not compile.
package struct Reason: ExpressibleByStringInterpolation, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    package init(stringLiteral value: String) {
        description = value
    }

    package init(stringInterpolation: Interpolation) {
        description = stringInterpolation.text
    }

    /// Several reasons as one.
    package init(joining reasons: [Reason]) {
        description = reasons.map(\.description).joined(separator: " ")
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: String) {
            text += Reason.shown(value)
        }

        package mutating func appendInterpolation(_ value: some BinaryInteger) {
            text += String(value)
        }

        package mutating func appendInterpolation(_ clientID: ClientID) {
            text += Reason.shown(clientID.rawValue)
        }

        package mutating func appendInterpolation(_ userID: UserID) {
            text += Reason.shown(userID.rawValue)
        }

        package mutating func appendInterpolation(_ id: InstacartUserID) {
            text += String(id.rawValue)
        }

        package mutating func appendInterpolation(_ scopes: ScopeList) {
            text += scopes.isEmpty ? "none" : scopes.description
        }

        package mutating func appendInterpolation(_ instant: Instant) {
            text += instant.iso8601
        }

        package mutating func appendInterpolation(_ reason: Reason) {
            text += reason.description
        }

        package mutating func appendInterpolation(_ routes: [Route]) {
            text += routes.map(\.description).joined(separator: " or ")
        }
    }

    private static func shown(_ value: String) -> String {
        var shown = ""
        for scalar in value.unicodeScalars.prefix(100) {
            if (0x20...0x7E).contains(scalar.value) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += String(scalar).utf8.map(\.percentEncoded).joined()
            }
        }
        return shown
    }
}
