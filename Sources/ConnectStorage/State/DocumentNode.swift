import ConnectCore
import Yams

/// A value of a state document that knows where it stands, so that what is wrong with it can be found.
struct DocumentNode {
    let source: String
    let path: String
    /// Where the authorization URL is; nil where that is not to be held against faults.
    let authorizePath: String?
    private let node: Node

    /// Parses YAML, of which JSON is a part.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - source: What errors call it.
    ///   - authorizePath: Where the authorization URL is; nil where the sandbox wrote the text itself, so that nothing
    ///     in it is too much.
    /// - Throws: ``StateDocumentError`` with the line where the text is neither.
    init(parsing text: String, source: String, authorizePath: String?) throws(StateDocumentError) {
        // Joined first: what is looked through is to be what is parsed.
        let text = text.joiningSurrogateEscapes
        if authorizePath != nil, let excess = DocumentExcess(of: text) {
            throw StateDocumentError(source: source, line: excess.line, path: "", reason: excess.reason)
        }
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw StateDocumentError(source: source, line: error.line, path: "", reason: error.sentence)
        } catch {
            throw StateDocumentError(source: source, line: nil, path: "", reason: "is not YAML")
        }
        guard let composed else {
            throw StateDocumentError(source: source, line: nil, path: "", reason: "is empty")
        }
        self.init(source: source, path: "", authorizePath: authorizePath, node: composed)
    }

    /// Parses the body of a request.
    init(body: String, authorizePath: String = Endpoint.authorize.path) throws(StateDocumentError) {
        try self.init(parsing: body, source: "body", authorizePath: authorizePath)
    }

    private init(source: String, path: String, authorizePath: String?, node: Node) {
        self.source = source
        self.path = path
        self.authorizePath = authorizePath
        self.node = node
    }

    private func child(_ path: String, _ node: Node) -> DocumentNode {
        DocumentNode(source: source, path: path, authorizePath: authorizePath, node: node)
    }

    func error(_ reason: String) -> StateDocumentError {
        StateDocumentError(source: source, line: node.mark?.line, path: path, reason: reason)
    }

    var isNull: Bool { node.isNull }

    /// A field that must be there.
    ///
    /// - Throws: ``StateDocumentError`` where it is not.
    func required(_ name: String, in fields: [String: DocumentNode]) throws(StateDocumentError) -> DocumentNode {
        guard let field = fields[name] else { throw error("must have the field \(name)") }
        return field
    }

    /// The fields of an object, all of which must be known.
    ///
    /// - Parameters:
    ///   - known: The names that may occur.
    ///   - keepsNull: Whether a field that is null counts as one that is there.
    /// - Returns: The fields that are there, by name.
    /// - Throws: ``StateDocumentError`` where this is no object, or a field is unknown or repeated.
    func fields(
        _ known: [String],
        keepsNull: Bool = false
    ) throws(StateDocumentError) -> [String: DocumentNode] {
        guard case .mapping(let mapping) = node else { throw error("must be an object with fields") }
        var fields: [String: DocumentNode] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            let field = child(path.isEmpty ? name : "\(path).\(name)", value)
            guard known.contains(name) else {
                throw StateDocumentError(
                    source: source,
                    line: key.mark?.line,
                    path: path,
                    reason: "has no field “\(name)”; the fields are \(known.joined(separator: ", "))"
                )
            }
            if keepsNull || !value.isNull { fields[name] = field }
        }
        return fields
    }

    /// The elements of a list.
    ///
    /// - Throws: ``StateDocumentError`` where this is no list.
    func elements() throws(StateDocumentError) -> [DocumentNode] {
        guard case .sequence(let sequence) = node else { throw error("must be a list") }
        return sequence.enumerated().map { index, element in
            child("\(path)[\(index)]", element)
        }
    }

    /// A text; a number or a date stands for what was written.
    ///
    /// - Throws: ``StateDocumentError`` where this is no scalar, is blank or holds control characters.
    func text() throws(StateDocumentError) -> String {
        guard case .scalar(let scalar) = node, !isNull else { throw error("must be a text") }
        guard !scalar.string.isBlank else { throw error("must not be blank") }
        guard scalar.string.isPlainText else { throw error("must not hold control characters") }
        return scalar.string
    }

    /// - Throws: ``StateDocumentError`` where this is neither true nor false.
    func flag() throws(StateDocumentError) -> Bool {
        guard let flag = node.bool else { throw error("must be true or false") }
        return flag
    }

    /// Reads a text as something more particular.
    ///
    /// - Parameters:
    ///   - expectation: What it must be, as in “must be a date”.
    ///   - isSecret: Whether the text is kept out of the error.
    ///   - read: Nil where the text is not.
    /// - Returns: What was read.
    /// - Throws: ``StateDocumentError`` where it is not.
    func value<Value>(
        _ expectation: String,
        isSecret: Bool = false,
        _ read: (String) -> Value?
    ) throws(StateDocumentError) -> Value {
        let text = try text()
        guard let value = read(text) else {
            let shown = text.count > 100 ? "\(text.prefix(100))…" : text
            throw error(isSecret ? "must be \(expectation)" : "must be \(expectation), not “\(shown)”")
        }
        return value
    }
}

extension String {
    /// Writes out what JSON escapes as two surrogates (RFC 8259 §7), which YAML's parser does not take.
    fileprivate var joiningSurrogateEscapes: String {
        guard utf8.contains(UInt8(ascii: "\\")) else { return self }
        let bytes = Array(utf8)
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                joined.append(bytes[index])
                index += 1
                continue
            }
            let units = [bytes.escapedUnit(at: index), bytes.escapedUnit(at: index + 6)].compactMap { $0 }
            if units.count == 2, UTF16.isLeadSurrogate(units[0]), UTF16.isTrailSurrogate(units[1]) {
                joined += String(decoding: units, as: UTF16.self).utf8
                index += 12
            } else {
                joined += bytes[index...index + 1]
                index += 2
            }
        }
        return String(decoding: joined, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The number of `\uXXXX`, where that is what begins here.
    fileprivate func escapedUnit(at index: Int) -> UInt16? {
        guard index + 6 <= count, self[index] == UInt8(ascii: "\\"), self[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        let digits = self[index + 2..<index + 6]
        guard digits.allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
