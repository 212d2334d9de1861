import TestSupport
import Testing

@Suite("State documents that are small and mean much")
struct StateBombTests {
    struct Bomb: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String

        init(_ description: String, _ text: String) {
            testDescription = description
            self.text = text
        }
    }

    /// Nine levels of ten: a billion of them.
    private static func laughs(
        levels: Int = 9,
        _ level: (_ name: String, _ content: String) -> String
    ) -> String {
        var document = level("a", "[" + Array(repeating: "lol", count: 10).joined(separator: ", ") + "]")
        for (inner, outer) in zip("abcdefgh", "bcdefghi").prefix(levels - 1) {
            document += level("\(outer)", "[" + Array(repeating: "*\(inner)", count: 10).joined(separator: ", ") + "]")
        }
        return document
    }

    private static let deep = 100_000

    /// As long as YAML lets a key and a tag before one be: who puts something longer in the place of what looks like an
    /// alias in them finds them malformed, and may look no further.
    private static let longKey = "\"*a \(String(repeating: "y", count: 1015))\": x\n"
    private static let longTag = "!<*a.\(String(repeating: "y", count: 1008))> name: x\n"

    static let bombs: [Bomb] = [
        Bomb("aliases as values of unknown fields", laughs { "\($0): &\($0) \($1)\n" }),
        Bomb("aliases as values of a known field", "faults:\n" + laughs { "- &\($0) \($1)\n" }),
        Bomb("aliases as keys", laughs { "? &\($0) \($1)\n: x\n" }),
        Bomb("aliases as keys of a known field", "clock:\n" + laughs { "  ? &\($0) \($1)\n  : x\n" }),
        Bomb("aliases as keys in flow style", "{" + laughs { "? &\($0) \($1) : x, " } + "}"),
        Bomb(
            "aliases without a space before them",
            "faults: [" + laughs { "&\($0) \($1.replacing(", ", with: ",")),\n" } + "]"
        ),
        Bomb("aliases after comments", "faults:\n" + laughs { "- &\($0) # &\n  \($1)\n" }),
        Bomb(
            "aliases as keys, behind a text that looks like one",
            "? {\"*a\": 1, \"*a-nowhere\": 2}\n: x\n" + laughs(levels: 7) { "? &\($0) \($1)\n: x\n" }
        ),
        Bomb("a million bytes of aliases", "faults: [&a x\(String(repeating: ", *a", count: 250_000))]\n"),
        Bomb(
            "a million bytes of what looks like aliases",
            "name: [\"&a\"\(String(repeating: ", \"*a\"", count: 180_000))]\n"
        ),
        Bomb("a text of 100,000 characters, used 10,000 times", longText),
        Bomb("aliases as keys, behind a key of 1,020 characters", longKey + laughs { "? &\($0) \($1)\n: x\n" }),
        Bomb("aliases as keys, behind a tag of 1,014 characters", longTag + laughs { "? &\($0) \($1)\n: x\n" }),
        Bomb("a text of 100,000 characters, used 10,000 times, behind a tag of 1,014", longTag + longText),
        Bomb("an alias of what it is in", "faults: &a [*a]\n"), Bomb("an alias of nothing", "faults: [*a]\n"),
        Bomb("a merge of itself", "&a\nname: x\n<<: *a\n"),
        Bomb("[ opened 100,000 times", String(repeating: "[", count: deep)),
        Bomb(
            "[ opened and closed 100,000 times",
            "faults: " + String(repeating: "[", count: deep) + String(repeating: "]", count: deep)
        ),
        Bomb("{ opened 100,000 times", String(repeating: "{", count: deep)),
        Bomb(
            "objects nested 100,000 deep",
            String(repeating: #"{"name":"#, count: deep) + "1" + String(repeating: "}", count: deep)
        ),
        Bomb("- 100,000 times", "faults:\n" + String(repeating: "- ", count: deep) + "x\n"),
        Bomb("? 100,000 times", String(repeating: "? ", count: deep) + "x\n"),
        Bomb("nested by indentation", (0..<2000).map { String(repeating: " ", count: $0) + "name:\n" }.joined()),
        Bomb("100,000 unclosed quotes", "name: " + String(repeating: "\"'", count: deep)),
        Bomb("100,000 documents", String(repeating: "---\n{}\n", count: deep)),
        Bomb("100,000 equal keys", String(repeating: "name: x\n", count: deep)),
        Bomb("100,000 unknown keys", (0..<deep).map { "key\($0): x\n" }.joined()),
        Bomb("100,000 tags", "name: " + String(repeating: "!a ", count: deep) + "x\n"),
    ]

    private static let longText =
        "instacart_users:\n- {id: 1, phone: &a \(String(repeating: "x", count: deep))}\n"
        + (2...10_000).map { "- {id: \($0), email: u\($0)@example.com, phone: *a}\n" }.joined()

    @Test(
        "are refused in a moment, in either format",
        .timeLimit(.minutes(10)),
        arguments: Self.bombs,
        StateFormat.allCases
    )
    func refused(bomb: Bomb, format: StateFormat) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            let start = ContinuousClock.now
            let reply = try await sandbox.putState(bomb.text, as: format)
            let time = ContinuousClock.now - start
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_document")
            #expect(reply.text.utf8.count < 10_000)
            #expect(time < .seconds(20), "\(time)")
            let after = try await sandbox.state()
            #expect(after == before)
        }
    }
}
