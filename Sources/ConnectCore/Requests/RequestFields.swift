/// One value of a request body, as far as any endpoint tells values apart.
package enum FieldValue: Equatable, Sendable {
    case null
    case string(String)
    case bool(Bool)
    /// A whole number, as its digits.
    case integer(String)
    /// A fraction, a number beyond 64 bits, a list or an object: nothing that any field takes.
    case other
}

/// The fields of a request body, by name.
///
/// What no endpoint knows is carried along and ignored.
package struct RequestFields: Equatable, Sendable {
    package let values: [String: FieldValue]

    package init(_ values: [String: FieldValue]) {
        self.values = values
    }

    /// A field that is missing reads like one that is null.
    package subscript(name: String) -> FieldValue {
        values[name] ?? .null
    }
}

extension String {
    /// The same bytes, as the database compares texts.
    ///
    /// Swift's `==` takes “é” and “e” with an accent for one.
    package func isIdentical(to other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Empty, or nothing but white space: what Rails calls blank.
    package var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }

    /// Free of control characters, of byte order marks and noncharacters, and of those that reorder text (Unicode's
    /// bidirectional embeddings, overrides and isolates), so that what is stored is what is read back and shown.
    package var isPlainText: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE...0xFFFF: false
            default: true
            }
        }
    }
}
