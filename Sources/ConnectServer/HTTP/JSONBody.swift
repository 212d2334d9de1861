import Foundation

/// A JSON value as part of another one.
package enum JSONBody: Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Int64)
    /// Beyond what the other kind of whole number holds.
    case unsigned(UInt64)
    case decimal(Double)
    case text(String)
    case list([JSONBody])
    case fields([String: JSONBody])

    /// - Throws: A `DecodingError` where it is not JSON.
    init(parsing data: Data) throws {
        self = try JSONDecoder().decode(JSONBody.self, from: data)
    }

    /// As a person reads it: a text without quotation marks, anything else as JSON.
    package var shown: String {
        if case .text(let text) = self { return text }
        return (try? JSON.data(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension JSONBody: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else if let number = try? container.decode(UInt64.self) {
            self = .unsigned(number)
        } else if let number = try? container.decode(Double.self) {
            self = .decimal(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONBody].self) {
            self = .list(list)
        } else {
            self = .fields(try container.decode([String: JSONBody].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .unsigned(let number): try container.encode(number)
        case .decimal(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .fields(let fields): try container.encode(fields)
        }
    }
}
