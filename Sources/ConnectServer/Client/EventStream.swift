/// Reads server-sent events (HTML Standard §9.2) out of bytes, however these are cut into pieces.
///
/// The field `retry` is passed over: whoever follows a stream has a patience of its own.
package struct EventStream: Sendable {
    package struct Event: Equatable, Sendable {
        /// What kind of event it is; `message` where the server did not say.
        package let name: String
        package let data: String

        package init(name: String = "message", data: String) {
            self.name = name
            self.data = data
        }
    }

    /// What a server is told to go on from; empty where nothing had an id yet.
    ///
    /// That of an event which has not come to its end does not count.
    package private(set) var lastEventID: String

    private var line: [UInt8] = []
    private var isFirstLine = true
    /// Whether the last byte was a carriage return: a line feed after it ends no line of its own.
    private var isAfterCarriageReturn = false
    private var id: String
    private var name = ""
    private var data: [String] = []

    /// - Parameter lastEventID: What the stream goes on from; empty where it begins.
    package init(after lastEventID: String = "") {
        self.lastEventID = lastEventID
        id = lastEventID
    }

    /// Takes the next piece of the stream.
    ///
    /// - Parameter bytes: The piece.
    /// - Returns: The events that end in it.
    package mutating func events(in bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n") where isAfterCarriageReturn:
                isAfterCarriageReturn = false
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                isAfterCarriageReturn = byte == UInt8(ascii: "\r")
                if let event = takeLine() { events.append(event) }
            default:
                isAfterCarriageReturn = false
                line.append(byte)
            }
        }
        return events
    }
}

extension EventStream {
    /// Ends the line.
    ///
    /// - Returns: The event that an empty line ends.
    private mutating func takeLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        var bytes = line[...]
        if isFirstLine, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        isFirstLine = false
        guard !bytes.isEmpty else { return takeEvent() }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        var value = bytes[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        set(String(decoding: bytes[..<colon], as: UTF8.self), to: String(decoding: value, as: UTF8.self))
        return nil
    }

    /// Ends the event.
    ///
    /// - Returns: It; nil where it has no data, and at most an id.
    private mutating func takeEvent() -> Event? {
        defer {
            name = ""
            data = []
        }
        lastEventID = id
        guard !data.isEmpty else { return nil }
        let data = data.joined(separator: "\n")
        return name.isEmpty ? Event(data: data) : Event(name: name, data: data)
    }

    /// A comment is a field without name, and passed over as every unknown one.
    private mutating func set(_ field: String, to value: String) {
        switch field {
        case "event": name = value
        case "data": data.append(value)
        case "id" where !value.utf8.contains(0): id = value
        default: break
        }
    }
}
