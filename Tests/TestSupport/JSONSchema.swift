/// A JSON Schema of an OpenAPI document, as far as the schemas of answers go.
package struct JSONSchema: Sendable {
    /// What says nothing of which values are good.
    private static let annotations: Set<String> = [
        "contentEncoding", "contentMediaType", "contentSchema", "deprecated", "description", "format", "title",
    ]

    private let schema: JSONValue
    private let document: JSONValue

    package init(_ schema: JSONValue, of document: JSONValue) {
        self.schema = schema
        self.document = document
    }

    /// Looks for what is wrong with a value.
    ///
    /// - Parameter value: The value.
    /// - Returns: A line for each flaw, a keyword that is not known here included.
    package func flaws(of value: JSONValue) -> [String] {
        schema.fields.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            flaws(of: value, keyword, rule)
        }
    }

    private func flaws(of value: JSONValue, _ keyword: String, _ rule: JSONValue) -> [String] {
        func check(_ isGood: Bool) -> [String] {
            isGood ? [] : ["\(value) is not as \(keyword) \(rule) has it"]
        }
        func valid(_ rules: [JSONValue]) -> [JSONValue] {
            rules.filter { part($0).flaws(of: value).isEmpty }
        }
        switch keyword {
        case "$ref": return part(resolved(rule)).flaws(of: value)
        case "allOf": return rule.elements.flatMap { part($0).flaws(of: value) }
        case "anyOf": return check(!valid(rule.elements).isEmpty)
        case "oneOf": return check(valid(rule.elements).count == 1)
        case "not": return check(!part(rule).flaws(of: value).isEmpty)
        case "type": return check((rule.elements + [rule]).compactMap(\.string).contains(where: value.isOf))
        case "enum": return check(rule.elements.contains(value))
        case "const": return check(rule == value)
        case "minimum": return check(value.number.map { $0 >= rule.number ?? 0 } ?? true)
        case "maximum": return check(value.number.map { $0 <= rule.number ?? 0 } ?? true)
        case "minLength": return check(value.string.map { $0.count >= rule.integer ?? 0 } ?? true)
        case "pattern": return check(value.string.map { matches($0, rule.string ?? "") } ?? true)
        case "required": return check(!value.isOf("object") || rule.elements.allSatisfy { value.has($0) })
        case "properties":
            return value.fields.flatMap { name, value in rule[name].map { part($0).flaws(of: value) } ?? [] }
        case "additionalProperties": return additional(value).flatMap { part(rule).flaws(of: $0) }
        case "items": return value.elements.flatMap { part(rule).flaws(of: $0) }
        case "minItems": return check(value.elements.count >= rule.integer ?? 0)
        case "maxItems": return check(value.elements.count <= rule.integer ?? 0)
        case _ where Self.annotations.contains(keyword): return []
        default: return ["\(keyword) is not known"]
        }
    }

    private func part(_ schema: JSONValue) -> JSONSchema {
        // `false` admits nothing.
        JSONSchema(schema == false ? .object(["not": .object([:])]) : schema, of: document)
    }

    private func resolved(_ reference: JSONValue) -> JSONValue {
        (reference.string ?? "").split(separator: "/").dropFirst().reduce(document) { value, name in
            value[String(name)] ?? .object(["not": .object([:])])
        }
    }

    private func additional(_ value: JSONValue) -> [JSONValue] {
        let known = schema["properties"]?.names ?? []
        return value.fields.filter { !known.contains($0.key) }.map(\.value)
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        guard let regex = try? Regex(pattern) else { return false }
        return text.contains(regex)
    }
}

extension JSONValue {
    /// Whether it is an object with a field of this name.
    fileprivate func has(_ name: JSONValue) -> Bool { name.string.map(names.contains) ?? false }

    fileprivate func isOf(_ type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
            (.object, "object"):
            true
        case (.number(let number), "integer"): number == number.rounded()
        default: false
        }
    }
}
