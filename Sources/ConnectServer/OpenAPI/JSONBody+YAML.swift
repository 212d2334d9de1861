import Foundation
import Yams

extension JSONBody {
    /// Reads YAML that means JSON: dates are texts.
    ///
    /// - Parameter yaml: A document.
    /// - Throws: What Yams does.
    init(yaml: String) throws {
        self = try Yams.compose(yaml: yaml).map(JSONBody.init) ?? .null
    }

    private init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            let pairs = mapping.map { ($0.key.string ?? "", JSONBody($0.value)) }
            self = .fields(Dictionary(pairs) { _, last in last })
        case .sequence(let sequence):
            self = .list(sequence.map { JSONBody($0) })
        case .scalar(let scalar):
            self = JSONBody(scalar.string, tag: node.tag)
        case .alias:
            preconditionFailure("Yams puts what an alias stands for in its place")
        }
    }

    private init(_ text: String, tag: Tag) {
        if tag == Tag(.null) {
            self = .null
        } else if tag == Tag(.bool), let flag = Bool(text) {
            self = .flag(flag)
        } else if tag == Tag(.int), let number = Int64(text) {
            self = .number(number)
        } else if tag == Tag(.int), let number = UInt64(text) {
            self = .unsigned(number)
        } else if tag == Tag(.int) || tag == Tag(.float), let number = Double(text) {
            self = .decimal(number)
        } else {
            self = .text(text)
        }
    }
}
