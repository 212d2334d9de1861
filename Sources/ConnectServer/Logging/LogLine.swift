import ConnectCore
import Logging

/// A message and its fields, as one line.
struct LogLine {
    /// Fields stand in this order in text, those of other names after them.
    private static let order = ["status", "outcome", "retailer", "request_id", "duration_ms", "fault", "reason"]

    /// As ISO 8601 writes it.
    let time: String
    let level: Logger.Level
    let message: String
    let fields: Logger.Metadata

    /// For people: time, level, message, and each field as `name=value`.
    ///
    /// - Parameter isColored: Whether a terminal shows it that knows colours.
    /// - Returns: The line, without its end.
    func text(isColored: Bool) -> String {
        let style = TextStyle(isColored: isColored)
        var line = "\(style.faint(time)) "
        let word = level.rawValue + String(repeating: " ", count: max(0, 5 - level.rawValue.count))
        line += "\(style.level(word, level)) \(message.printable)"
        for (name, value) in sortedFields {
            let text = value.text.quotedWhereNeeded
            line += " \(style.faint("\(name)="))\(name == "status" ? style.status(text) : text)"
        }
        return line
    }

    /// For programs: an object with the fields beside `time`, `level` and `message`.
    ///
    /// - Returns: The line, without its end.
    func json() -> String {
        var object = fields.mapValues(\.json)
        object["time"] = .text(time)
        object["level"] = .text(level.rawValue)
        object["message"] = .text(message)
        // What cannot be encoded is a number that is none, and no field is one.
        return (try? JSON.data(JSONBody.fields(object))).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private var sortedFields: [(String, Logger.MetadataValue)] {
        let known = Self.order.compactMap { name in fields[name].map { (name, $0) } }
        guard known.count < fields.count else { return known }
        let others = fields.filter { !Self.order.contains($0.key) }.sorted { $0.key < $1.key }
        return known + others.map { ($0.key, $0.value) }
    }
}

/// How a terminal shows parts of a line (ECMA-48 §8.3.117).
private struct TextStyle {
    let isColored: Bool

    func faint(_ text: String) -> String { shown(text, "2") }

    func level(_ text: String, _ level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: faint(text)
        case .info, .notice: text
        case .warning: shown(text, "33")
        case .error, .critical: shown(text, "31")
        }
    }

    func status(_ text: String) -> String {
        switch text.first {
        case "2": shown(text, "32")
        case "3": shown(text, "36")
        case "4": shown(text, "33")
        default: shown(text, "31")
        }
    }

    private func shown(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension Logger.MetadataValue {
    fileprivate var text: String {
        switch self {
        case .string(let text): text
        case .stringConvertible(let value): value.description
        default: description
        }
    }

    fileprivate var json: JSONBody {
        switch self {
        case .string(let text): .text(text)
        case .stringConvertible(let value as any BinaryInteger): .number(Int64(clamping: value))
        case .stringConvertible(let value as Double): .decimal(value)
        case .stringConvertible(let value): .text(value.description)
        case .array(let values): .list(values.map(\.json))
        case .dictionary(let values): .fields(values.mapValues(\.json))
        }
    }
}

extension String {
    fileprivate var quotedWhereNeeded: String {
        guard isEmpty || !utf8.allSatisfy(\.isPlain) else { return self }
        return "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").printable)\""
    }
}

extension UInt8 {
    /// Whether it is a character of ASCII that shows, and none that ends or begins a value.
    fileprivate var isPlain: Bool {
        switch Character(Unicode.Scalar(self)) {
        case " ", "\"", "=", "\\": false
        default: (0x20...0x7E).contains(self)
        }
    }
}
