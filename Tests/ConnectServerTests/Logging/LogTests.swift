import ConnectCore
import ConnectServer
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@Suite("Log")
struct LogTests {
    @Test("text is time, level, message and fields, the known ones first, with quotes where they are needed")
    func text() throws {
        let capture = try LogCapture(.text)
        capture.logger().warning(
            "something",
            metadata: [
                "zebra": "z", "apple": "an apple", "empty": "", "reason": "it said \"no\" to a\\b", "status": "404",
            ]
        )
        #expect(
            try capture.lines() == [
                #"2026-01-01T00:00:00.000Z warning something status=404 reason="it said \"no\" to a\\b" "#
                    + #"apple="an apple" empty="" zebra=z"#
            ]
        )
    }

    @Test("a message stays one line, whatever is in it, and steers no terminal", arguments: LogFormat.allCases)
    func oneLine(format: LogFormat) throws {
        let capture = try LogCapture(format)
        let nasty = "a\nb\r\u{1B}[31m\u{202E}c"
        capture.logger().info("\(nasty)", metadata: ["field": "\(nasty)"])
        let text = try capture.text()
        #expect(text.count { $0 == "\n" } == 1)
        #expect(text.last == "\n")
        if format == .text {
            #expect(
                !text.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }
            )
            #expect(text.contains(#"a\nb\r\u{1B}[31m\u{202E}c"#))
        } else {
            let object = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
            #expect(object["message"] == nasty)
            #expect(object["field"] == nasty)
        }
    }

    @Test("JSON is an object with numbers as numbers")
    func json() throws {
        let capture = try LogCapture(.json)
        capture.logger().error(
            "failed",
            metadata: [
                "status": .stringConvertible(500), "duration_ms": .stringConvertible(0.25), "error": "no \"luck\"",
                "list": ["a", .stringConvertible(Int64(1))],
            ]
        )
        #expect(
            try capture.lines() == [
                #"{"duration_ms":0.25,"error":"no \"luck\"","level":"error","list":["a",1],"message":"failed","#
                    + #""status":500,"time":"2026-01-01T00:00:00.000Z"}"#
            ]
        )
    }

    @Test("has colours where they are asked for, and JSON never has")
    func colors() throws {
        for (format, isColored) in [(LogFormat.text, true), (.text, false), (.json, true)] {
            let capture = try LogCapture(format, isColored: isColored)
            for status in [200, 302, 404, 500] {
                capture.logger().error("a", metadata: ["status": .stringConvertible(status)])
            }
            let text = try capture.text()
            #expect(text.contains("\u{1B}[") == (format == .text && isColored))
            #expect(text.contains("\u{1B}[33m404\u{1B}[0m") == (format == .text && isColored))
        }
    }

    @Test("each line has its own time, to the millisecond")
    func time() throws {
        let instants = [0, 7, 42, 999, 1000, 60_001, 500].map {
            Instant(millisecondsSinceEpoch: 1_767_225_600_000 + $0)
        }
        let left = Mutex(instants)
        let capture = try LogCapture(.text, now: { left.withLock { $0.removeFirst() } })
        let logger = capture.logger()
        for _ in instants { logger.info("a") }
        #expect(try capture.lines().map { String($0.prefix { $0 != " " }) } == instants.map(\.iso8601WithMilliseconds))
    }

    @Test("what is less severe than asked for is left out")
    func level() throws {
        let capture = try LogCapture(.text)
        let logger = capture.logger(.warning)
        logger.info("a")
        logger.notice("b")
        logger.warning("c")
        #expect(try capture.lines().map { $0.hasSuffix(" warning c") } == [true])
    }

    @Test("nobody waits for a reader who does not read; what was lost meanwhile is counted")
    func blockedReader() throws {
        let pipe = Pipe()
        let log = SandboxLog(
            descriptor: pipe.fileHandleForWriting.fileDescriptor,
            format: .json,
            now: { LogCapture.time }
        )
        let logger = log.logger(level: .info)
        let count = 60_000
        // Far more than a pipe and what may wait together hold; it would never return.
        for number in 0..<count { logger.info("a", metadata: ["number": .stringConvertible(number)]) }
        logger.info("\(String(repeating: "x", count: 2_000_000))")

        let reading = DispatchQueue(label: "reading")
        let read = ReadText()
        reading.async { read.readAll(pipe.fileHandleForReading) }
        // The last line that fits follows once there is room again.
        log.flush()
        logger.info("end")
        log.flush()
        try pipe.fileHandleForWriting.close()
        reading.sync {}

        struct Line: Decodable {
            let message: String
            let number: Int?
            let count: Int?
        }
        let lines = try read.text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        let numbers = lines.compactMap(\.number)
        let lost = lines.compactMap(\.count).reduce(0, +)
        #expect(numbers == numbers.sorted())
        #expect(numbers.count + lost == count + 1)
        #expect(lost > 0)
        #expect(lines.last?.message == "end")
    }
}

/// What a thread of its own has read.
private final class ReadText: @unchecked Sendable {
    /// Read once the thread is done.
    private(set) var text = ""

    func readAll(_ handle: FileHandle) {
        text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
