import ConnectServer
import Testing

@Suite("Reading an event stream")
struct EventStreamTests {
    private typealias Event = EventStream.Event

    private func events(_ text: String) -> [EventStream.Event] {
        var stream = EventStream()
        return stream.events(in: text.utf8)
    }

    @Test("an event has a name and data, and its id is what to go on from")
    func event() {
        var stream = EventStream()
        let events = stream.events(in: "id: 12\nevent: exchange\ndata: {\"id\":12}\n\n".utf8)

        #expect(events == [Event(name: "exchange", data: "{\"id\":12}")])
        #expect(stream.lastEventID == "12")
    }

    @Test("an event that does not say what it is, is a message")
    func unnamed() {
        #expect(events("data: a\n\nevent:\ndata: b\n\n") == [Event(name: "message", data: "a"), Event(data: "b")])
    }

    @Test("the name is that of one event only")
    func nameOfOne() {
        #expect(events("event: gap\ndata: a\n\ndata: b\n\n") == [Event(name: "gap", data: "a"), Event(data: "b")])
        #expect(events("event: gap\n\ndata: b\n\n") == [Event(data: "b")])
    }

    @Test("several lines of data are joined by line feeds")
    func lines() {
        #expect(events("data: a\ndata:\ndata:  b\ndata:c\n\n") == [Event(data: "a\n\n b\nc")])
    }

    @Test("data may be empty, but without any there is no event", arguments: ["data\n\n", "data:\n\n", "data: \n\n"])
    func emptyData(_ text: String) {
        #expect(events(text) == [Event(data: "")])
        #expect(events("id: 1\nevent: exchange\n\n\n\n").isEmpty)
    }

    @Test("comments, unknown fields and retry are passed over, between events and within them")
    func comments() {
        let text = ": hello\n\n:\ndata: a\n: data: b\nretry: 10\ndatum: c\nDATA: d\n data: e\n\n: bye\n\n"

        #expect(events(text) == [Event(data: "a")])
    }

    @Test("lines end with a line feed, a carriage return or both", arguments: ["\n", "\r", "\r\n"])
    func lineEnds(_ end: String) {
        let text = ["event: exchange", "data: a", "data: b", "", "data: c", "", ""].joined(separator: end)

        #expect(events(text) == [Event(name: "exchange", data: "a\nb"), Event(data: "c")])
    }

    @Test("an event is there as soon as its empty line is, whatever may follow a carriage return")
    func prompt() {
        var stream = EventStream()

        #expect(stream.events(in: "data: a\r\n\r".utf8) == [Event(data: "a")])
        #expect(stream.events(in: "\ndata: b\r\n\r".utf8) == [Event(data: "b")])
        #expect(stream.events(in: "\r\n".utf8).isEmpty)
    }

    @Test("the pieces may be cut anywhere", arguments: 1...17)
    func pieces(_ length: Int) {
        let text = "\u{FEFF}id: 1\r\nevent: exchange\r\ndata: Zoë\r\ndata: 🛒\r\n\r\n: x\n\nid:2\rdata: b\r\rdata: c\n\n"
        let bytes = Array(text.utf8)
        var stream = EventStream()
        var events: [EventStream.Event] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            events += stream.events(in: bytes[start..<min(start + length, bytes.count)])
        }

        #expect(events == [Event(name: "exchange", data: "Zoë\n🛒"), Event(data: "b"), Event(data: "c")])
        #expect(stream.lastEventID == "2")
    }

    @Test("a byte order mark counts only at the beginning")
    func byteOrderMark() {
        #expect(events("\u{FEFF}data: a\n\n") == [Event(data: "a")])
        #expect(events("\n\u{FEFF}data: a\n\n").isEmpty)
    }

    @Test("bytes that are no UTF-8 are replaced")
    func malformed() {
        var stream = EventStream()

        #expect(stream.events(in: Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8)) == [Event(data: "a\u{FFFD}b")])
    }

    @Test("an event that does not come to its end is none, and its id does not count")
    func cutOff() {
        var stream = EventStream(after: "11")

        #expect(stream.events(in: "id: 12\ndata: a\n".utf8).isEmpty)
        #expect(stream.lastEventID == "11")
        #expect(stream.events(in: "\n".utf8) == [Event(data: "a")])
        #expect(stream.lastEventID == "12")
    }

    @Test("an id holds until there is another, counts without data, may be taken back, and has no null character")
    func ids() {
        var stream = EventStream()
        _ = stream.events(in: "data: a\n\n".utf8)
        #expect(stream.lastEventID.isEmpty)
        #expect(stream.events(in: "id: 7\n\n".utf8).isEmpty)
        #expect(stream.lastEventID == "7")
        _ = stream.events(in: "event: gap\ndata: a\n\n".utf8)
        #expect(stream.lastEventID == "7")
        _ = stream.events(in: "id: 8\0\ndata: a\n\n".utf8)
        #expect(stream.lastEventID == "7")
        _ = stream.events(in: "id\ndata: a\n\n".utf8)
        #expect(stream.lastEventID.isEmpty)
    }
}
