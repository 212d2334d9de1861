/// Reading and changing a value in its depths.
extension JSONBody {
    /// A field of an object; setting one makes an object of anything else.
    subscript(name: String) -> JSONBody? {
        get { members[name] }
        set {
            var fields = members
            fields[name] = newValue
            self = .fields(fields)
        }
    }

    /// The fields of an object; none where this is something else.
    var members: [String: JSONBody] {
        if case .fields(let fields) = self { fields } else { [:] }
    }

    /// The elements of a list; none where this is something else.
    var elements: [JSONBody] {
        if case .list(let elements) = self { elements } else { [] }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var integer: Int? {
        if case .number(let number) = self { Int(number) } else { nil }
    }

    static func texts(_ texts: [String]) -> JSONBody {
        .list(texts.map(JSONBody.text))
    }

    /// The same with the fields of another object, those of fields that both have included.
    ///
    /// - Parameter other: What wins where both have something that is no object.
    /// - Returns: The two as one.
    func merging(_ other: JSONBody) -> JSONBody {
        guard case .fields(let mine) = self, case .fields(let others) = other else { return other }
        return .fields(mine.merging(others) { $0.merging($1) })
    }
}
