import Foundation
import Yams

/// A value of a state document as it is written, its fields in the order that people read them in.
package enum DocumentValue: Equatable, Sendable {
    package struct Field: Equatable, Sendable {
        let name: String
        let value: DocumentValue
    }

    case text(String)
    case number(Int64)
    case decimal(Double)
    case flag(Bool)
    case null
    case list([DocumentValue])
    case fields([Field])

    /// An object without the fields that are nil.
    static func object(_ fields: [(name: String, value: DocumentValue?)]) -> DocumentValue {
        .fields(fields.compactMap { name, value in value.map { Field(name: name, value: $0) } })
    }

    static func texts(_ texts: [String]) -> DocumentValue {
        .list(texts.map(DocumentValue.text))
    }

    /// As YAML, one entry of a list in a line of its own where it holds no list itself.
    ///
    /// - Throws: What Yams does.
    package func yaml() throws -> String {
        try Yams.serialize(node: node(isTop: true), width: -1, allowUnicode: true)
    }

    /// As JSON on one line, its keys sorted.
    ///
    /// - Throws: An `EncodingError`.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private func node(isTop: Bool) -> Node {
        switch self {
        case .text(let text): .scalar(text.scalar)
        case .number(let number): .scalar(Node.Scalar(String(number)))
        case .decimal(let number): .scalar(Node.Scalar(Self.digits(number)))
        case .null: .scalar(Node.Scalar("null"))
        case .flag(let flag): .scalar(Node.Scalar(String(flag)))
        case .list(let values): .sequence(Node.Sequence(values.map { $0.node(isTop: false) }, .implicit, listStyle))
        case .fields(let fields):
            .mapping(
                Node.Mapping(
                    fields.map { (.scalar($0.name.represented()), $0.value.node(isTop: false)) },
                    .implicit,
                    isTop || holdsLists ? .block : .flow
                )
            )
        }
    }

    /// As JSON writes it: without a fraction where there is none.
    private static func digits(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? String(number)
    }

    private var listStyle: Node.Sequence.Style {
        guard case .list(let values) = self else { return .any }
        let isOfScalars = values.allSatisfy { value in
            switch value {
            case .list, .fields: false
            default: true
            }
        }
        return isOfScalars ? .flow : .block
    }

    private var holdsLists: Bool {
        guard case .fields(let fields) = self else { return false }
        return fields.contains { field in
            if case .list = field.value { true } else { false }
        }
    }
}

extension String {
    /// In double quotes, with its backslashes escaped, where something in it looks like an escape of JSON's: wherever
    /// two of these make one character, a reader of state documents joins them.
    fileprivate var scalar: Node.Scalar {
        contains(#"\u"#) ? Node.Scalar(self, Tag(.str), .doubleQuoted) : represented()
    }
}

extension DocumentValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .decimal(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .flag(let flag):
            var container = encoder.singleValueContainer()
            try container.encode(flag)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .list(let values):
            var container = encoder.unkeyedContainer()
            for value in values { try container.encode(value) }
        case .fields(let fields):
            var container = encoder.container(keyedBy: FieldName.self)
            for field in fields { try container.encode(field.value, forKey: FieldName(stringValue: field.name)) }
        }
    }

    private struct FieldName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }
}
