/// A retailer: the tenant, and the unit of isolation.
package struct RetailerID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static func == (left: RetailerID, right: RetailerID) -> Bool {
        left.rawValue.isIdentical(to: right.rawValue)
    }
}

/// The public name of an OAuth application (RFC 6749 §2.2).
package struct ClientID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static func == (left: ClientID, right: ClientID) -> Bool {
        left.rawValue.isIdentical(to: right.rawValue)
    }
}

/// What an OAuth application proves itself with (RFC 6749 §2.3.1).
///
/// Printing it shows no part of it.
package struct ClientSecret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }
}
