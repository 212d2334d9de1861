package import Yams

extension Node {
    package var isNull: Bool {
        tag == Tag(.null)
    }
}

extension YamlError {
    /// Counted from 1.
    package var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    /// What is wrong, after the name of the text.
    package var sentence: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            "is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let duplicates, _):
            "repeats the field “\(duplicates.first ?? "")”"
        default:
            "is not YAML"
        }
    }
}
