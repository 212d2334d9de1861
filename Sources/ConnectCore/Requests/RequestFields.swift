#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// One value of a request body, as far as any endpoint tells values apart.
package enum FieldValue: Equatable, Sendable {
    case null
    case string(String)
    case bool(Bool)
    /// A whole number, as its digits.
    case integer(String)
    /// A fraction, a list or an object: nothing that any field takes.
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

extension RequestFields {
    /// Reads a JSON object.
    ///
    /// Where a key is repeated, the last one counts.
    ///
    /// - Parameter json: The text, in UTF-8.
    /// - Throws: A `DecodingError` where it is malformed or not an object.
    package init(json: Data) throws {
        self.init(try JSONDecoder().decode([String: FieldValue].self, from: json))
    }
}

extension FieldValue: Decodable {
    package init(from decoder: any Decoder) throws {
        guard let container = try? decoder.singleValueContainer() else {
            self = .other
            return
        }
        if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(String(integer))
        } else if let integer = try? container.decode(UInt64.self) {
            self = .integer(String(integer))
        } else {
            self = .other
        }
    }
}

extension String {
    /// Empty, or nothing but white space: what Rails calls blank.
    package var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }

    /// Free of control characters and of those that reorder text (Unicode's bidirectional embeddings, overrides and
    /// isolates), so that what is stored is what is read back and shown.
    package var isPlainText: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: false
            default: true
            }
        }
    }
}
