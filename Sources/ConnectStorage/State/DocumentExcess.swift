import Yams

/// What a text asks of its reader that no state document needs, found before it is parsed.
struct DocumentExcess {
    /// Counted from 1; nil where it has no place of its own.
    let line: Int?
    let reason: String

    /// - Returns: Nil where there is none.
    init?(of text: String) {
        if text.utf8.count > StateDocument.maximumSize {
            line = nil
            reason = "is larger than 8 MiB"
        } else if let alias = Self.alias(in: text) {
            line = alias.line
            reason = alias.reason
        } else {
            return nil
        }
    }

    /// Finds `*name` where there is an `&name`.
    ///
    /// Yams resolves aliases while it parses: a few lines of them stand for more values than any memory holds. What
    /// looks like one may be part of a text, so all that do are first given names that no anchor has: a real alias then
    /// makes the parser complain. Only a text that parses so, without one, is ever parsed as it is.
    private static func alias(in text: String) -> (line: Int?, reason: String)? {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) else { return nil }
        let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes).map { bytes[$0] })
        let suspects = names(after: UInt8(ascii: "*"), in: bytes).filter { anchors.contains(bytes[$0]) }
        guard !suspects.isEmpty else { return nil }
        // Swift's hashes differ from process to process: nobody can have put this into the text, so what was different
        // in it stays different.
        let nowhere = "-\(UInt(bitPattern: text.hashValue))"
        var probe: [UInt8] = []
        var copied = 0
        for suspect in suspects {
            probe += bytes[copied..<suspect.upperBound]
            probe += nowhere.utf8
            copied = suspect.upperBound
        }
        probe += bytes[copied...]
        do {
            _ = try Yams.compose(yaml: String(decoding: probe, as: UTF8.self))
            return nil
        } catch let error as YamlError {
            return (error.line, error.isOfAlias ? "uses a YAML alias, which state documents do not" : error.sentence)
        } catch {
            return (nil, "is not YAML")
        }
    }

    /// The names that follow a mark at once: letters, digits, `-` and `_`, of which YAML's anchors are made.
    private static func names(after mark: UInt8, in bytes: [UInt8]) -> [Range<Int>] {
        var names: [Range<Int>] = []
        var index = 0
        while let found = bytes[index...].firstIndex(of: mark) {
            index = found + 1
            let end = bytes[index...].firstIndex { !$0.isOfAnchorName } ?? bytes.endIndex
            if index < end { names.append(index..<end) }
        }
        return names
    }
}

extension YamlError {
    fileprivate var isOfAlias: Bool {
        if case .composer(_, let problem, _, _) = self { problem.contains("alias") } else { false }
    }
}

extension UInt8 {
    fileprivate var isOfAnchorName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
