package import Foundation

/// A text that is not a JSON object (RFC 8259).
package struct MalformedJSON: Error, Equatable {
    package init() {}
}

extension RequestFields {
    /// Reads a JSON object in UTF-8.
    ///
    /// Where a key is repeated, the last one counts. `JSONSerialization` reads the whole text at once, unlike
    /// `JSONDecoder`, which never looks at what nobody asks for; what it lets through that RFC 8259 does not (other
    /// encodings, a comma before a closing bracket) is checked here.
    ///
    /// - Parameter json: The text.
    /// - Throws: ``MalformedJSON``.
    package init(json: Data) throws(MalformedJSON) {
        guard
            !json.contains(0), !json.hasTrailingComma,
            let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
        else { throw MalformedJSON() }
        self.init(object.mapValues(FieldValue.init(json:)))
    }
}

extension FieldValue {
    fileprivate init(json value: Any) {
        switch value {
        case let string as String: self = .string(string)
        case is NSNull: self = .null
        case let number as NSNumber:
            switch String(cString: number.objCType) {
            case "c": self = .bool(number.boolValue)
            case "d", "f": self = .other
            default: self = .integer(number.stringValue)
            }
        default: self = .other
        }
    }
}

extension Data {
    /// Whether a comma, outside strings, is followed by a closing bracket.
    fileprivate var hasTrailingComma: Bool {
        var isInString = false
        var isEscaped = false
        var followsComma = false
        for byte in self {
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: ","): followsComma = true
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if followsComma { return true }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
            default:
                followsComma = false
                isInString = byte == UInt8(ascii: "\"")
            }
        }
        return false
    }
}
