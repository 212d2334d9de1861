/// An e-mail address, kept as it was written and compared without case.
package struct EmailAddress: Hashable, Sendable {
    package let rawValue: String

    /// Accepts what a browser's e-mail field does, roughly: one `@`, something before it, a host name after it, no
    /// white space or control characters, at most 254 characters (RFC 5321 §4.5.3).
    ///
    /// - Parameter rawValue: The address.
    package init?(rawValue: String) {
        let parts = rawValue.split(separator: "@", omittingEmptySubsequences: false)
        guard
            rawValue.utf8.count <= 254,
            parts.count == 2, !parts[0].isEmpty,
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
            rawValue.unicodeScalars.allSatisfy({ $0.properties.isPrintable })
        else { return nil }
        self.rawValue = rawValue
    }

    /// What two addresses share when they are the same but for case.
    package var comparisonKey: String { rawValue.lowercased() }

    package static func == (left: EmailAddress, right: EmailAddress) -> Bool {
        left.comparisonKey.isIdentical(to: right.comparisonKey)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(comparisonKey)
    }
}

extension Unicode.Scalar.Properties {
    /// No white space, control or formatting character: none that hides or reorders what is read.
    fileprivate var isPrintable: Bool {
        !isWhitespace && ![.control, .format, .surrogate, .privateUse, .unassigned].contains(generalCategory)
    }
}
