import ConnectCore
import ConnectStorage
import Testing

@Suite("Escapes in state documents")
struct EscapeTests {
    /// Reads a retailer's name, as it stands between the quotes of a JSON text.
    static func name(_ escaped: String) throws -> String? {
        try StateDocument(parsing: #"{"name": "\#(escaped)"}"#, source: "state.json").retailers.first?.name
    }

    static let readable: [(String, String)] = [
        (#"\ud83d\ude00"#, "\u{1F600}"), (#"\uD83D\uDE00"#, "\u{1F600}"), (#"\uD83d\uDe00"#, "\u{1F600}"),
        (#"\u0041\ud83d\ude00\u0042"#, "A\u{1F600}B"), (#"\ud83d\ude00\ud83d\ude01"#, "\u{1F600}\u{1F601}"),
        (#"\ud800\udc00"#, "\u{10000}"), (#"\udbff\udffd"#, "\u{10FFFD}"),
        // The backslashes before it are escaped themselves, by twos.
        (#"\\ud83d\\ude00"#, #"\ud83d\ude00"#), (#"\\\ud83d\ude00"#, "\\\u{1F600}"),
        (#"\\\\ud83d\\ude00"#, #"\\ud83d\ude00"#), (#"\\\\\ud83d\ude00"#, "\\\\\u{1F600}"),
        (#"\"\ud83d\ude00\""#, "\"\u{1F600}\""), (#"\/\u002f"#, "//"),
        // What looks like an alias is looked at once more.
        (#"\ud83d\ude00 &a *a"#, "\u{1F600} &a *a"),
    ]

    @Test("are read as JSON means them", arguments: Self.readable)
    func read(escaped: String, meant: String) throws {
        let name = try #require(try Self.name(escaped))

        #expect(name.isIdentical(to: meant))
    }

    @Test(
        "that are half a character are an error",
        arguments: [
            #"\ud83d"#, #"\ude00"#, #"\ude00\ud83d"#, #"\ud83dx"#, #"\ud83d\u0041"#, #"\ud83d\ud83d\ude00"#,
            #"\ud83d\\ude00"#, #"\\ud83d\ude00"#, #"\ud83d \ude00"#, #"\ud83d\ude0"#, #"\ud83d\ude0g"#, #"\ud83d\u"#,
            #"\u"#, #"\"#,
        ]
    )
    func unreadable(escaped: String) {
        #expect(throws: StateDocumentError.self) { try Self.name(escaped) }
    }

    @Test("after 65,536 backslashes are read at once")
    func backslashes() throws {
        let start = ContinuousClock.now
        let name = try #require(try Self.name(String(repeating: #"\\"#, count: 32_768) + #"\u0041"#))
        let time = ContinuousClock.now - start

        #expect(name.isIdentical(to: String(repeating: #"\"#, count: 32_768) + "A"))
        #expect(time < .seconds(20))
    }
}
