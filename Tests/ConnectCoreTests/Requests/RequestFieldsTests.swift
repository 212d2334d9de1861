import ConnectCore
import Foundation
import Testing

@Suite("Request fields")
struct RequestFieldsTests {
    static func fields(_ json: String) throws -> RequestFields {
        try RequestFields(json: Data(json.utf8))
    }

    static let values: [(String, FieldValue)] = [
        ("null", .null),
        (#""text""#, .string("text")),
        ("\"\"", .string("")),
        (#""J\u00f6rg \ud83d\ude00 \"\\\/\n""#, .string("J\u{F6}rg \u{1F600} \"\\/\n")),
        (#""1""#, .string("1")),
        (#""true""#, .string("true")),
        ("true", .bool(true)),
        ("false", .bool(false)),
        ("0", .integer("0")),
        ("1", .integer("1")),
        ("-1", .integer("-1")),
        ("8005550101", .integer("8005550101")),
        ("9223372036854775807", .integer("9223372036854775807")),
        ("9223372036854775808", .integer("9223372036854775808")),
        ("18446744073709551615", .integer("18446744073709551615")),
        ("-42", .integer("-42")),
        ("18446744073709551616", .other),
        ("1.5", .other),
        ("-0.5", .other),
        ("1e-2", .other),
        ("[]", .other),
        (#"["text"]"#, .other),
        ("{}", .other),
        (#"{"text":"text"}"#, .other),
        (#"[[{"a":[null]}]]"#, .other),
    ]

    @Test("a JSON value is told apart as far as any endpoint does", arguments: Self.values)
    func value(_ json: String, _ value: FieldValue) throws {
        #expect(try Self.fields(#"{"field":\#(json)}"#).values == ["field": value])
    }

    @Test("all fields are there, a missing one reads like null")
    func several() throws {
        let fields = try Self.fields(#" { "a" : "x" , "b":null,"":1 } "#)

        #expect(fields.values == ["a": .string("x"), "b": .null, "": .integer("1")])
        #expect(fields["a"] == .string("x"))
        #expect(fields["b"] == .null)
        #expect(fields["c"] == .null)
        #expect(try Self.fields("{}").values.isEmpty)
    }

    static let repeats: [(String, FieldValue)] = [
        (#"{"a":"first","a":"last"}"#, .string("last")),
        (#"{"a":"first","b":1,"a":null}"#, .null),
        (#"{"a":1,"a":2,"a":3}"#, .integer("3")),
        (#"{"a":"first","\u0061":"last"}"#, .string("last")),
    ]

    @Test("where a key is repeated, the last one counts", arguments: Self.repeats)
    func repeated(_ json: String, _ value: FieldValue) throws {
        #expect(try Self.fields(json)["a"] == value)
    }

    @Test(
        "what is not an object is refused",
        arguments: ["", " ", "null", "true", "42", #""text""#, "[]", #"[{"a":1}]"#, #"["a","b"]"#, "grant_type=x"]
    )
    func notAnObject(_ json: String) {
        #expect(throws: MalformedJSON.self) { try Self.fields(json) }
    }

    @Test(
        "a malformed text is refused",
        arguments: [
            "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1}}"#, #"{"a":1} x"#, #"{"a":1 "b":2}"#, "{a:1}",
            "{'a':1}", #"{"a":'x'}"#, #"{"a":tru}"#, #"{"a":nul}"#, #"{"a":NaN}"#, #"{"a":"x}"#, #"{1:2}"#,
            #"{"a":1}{"b":2}"#, "// comment\n{}", #"{"a":[1,2}"#,
        ]
    )
    func malformed(_ json: String) {
        #expect(throws: MalformedJSON.self) { try Self.fields(json) }
    }

    @Test(
        "a text that is malformed within a value is refused too",
        arguments: [
            #"{"a":"\q"}"#, #"{"a":"\u12"}"#, #"{"a":"\ud800"}"#, #"{"a":01}"#, #"{"a":1.}"#, #"{"a":1.2.3}"#,
            #"{"a":-}"#, #"{"a":1e}"#, #"{"a":+1}"#, #"{"a":.5}"#, "{\"a\":\"line\nbreak\"}", "{\"a\":\"\u{1}\"}",
        ]
    )
    func malformedValue(_ json: String) {
        #expect(throws: MalformedJSON.self) { try Self.fields(json) }
    }

    @Test("a trailing comma is refused", arguments: [#"{"a":1,}"#, #"{"a":[1,]}"#])
    func trailingComma(_ json: String) {
        #expect(throws: MalformedJSON.self) { try Self.fields(json) }
    }

    static let invalidUTF8: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
    ]

    @Test("bytes that are no UTF-8 are refused in a value", arguments: Self.invalidUTF8)
    func invalidValue(_ bytes: [UInt8]) {
        #expect(throws: MalformedJSON.self) {
            try RequestFields(json: Data(Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)))
        }
    }

    @Test("bytes that are no UTF-8 are refused in a key", arguments: Self.invalidUTF8)
    func invalidKey(_ bytes: [UInt8]) {
        #expect(throws: MalformedJSON.self) {
            try RequestFields(json: Data(Array(#"{""#.utf8) + bytes + Array(#"":"a"}"#.utf8)))
        }
    }

    @Test("lists and objects nested 10,000 deep are refused", arguments: [("[", "]"), (#"{"a":"#, "}")])
    func deep(_ open: String, _ close: String) {
        let value = String(repeating: open, count: 10_000) + "1" + String(repeating: close, count: 10_000)

        #expect(throws: MalformedJSON.self) { try Self.fields(#"{"a":\#(value)}"#) }
    }

    @Test("lists that are opened 100,000 times and never closed are refused")
    func unclosed() {
        #expect(throws: MalformedJSON.self) { try Self.fields(#"{"a":"# + String(repeating: "[", count: 100_000)) }
    }

    static let blanks: [(String, Bool)] = [
        ("", true), (" ", true), ("\t\r\n", true), ("\u{A0}\u{3000}", true), ("x", false), (" x ", false), ("0", false),
    ]

    @Test("blank is empty or white space", arguments: Self.blanks)
    func blank(_ text: String, _ isBlank: Bool) {
        #expect(text.isBlank == isBlank)
    }

    static let texts: [(String, Bool)] = [
        ("", true), ("J\u{F6}rg \u{1F600}", true), ("a b", true), ("\u{200D}", true), ("\n", false), ("\r\n", false),
        ("a\u{0}b", false), ("\u{7F}", false), ("\u{85}", false), ("\u{202E}", false), ("\u{202A}", false),
        ("\u{2066}", false), ("\u{2069}", false), ("\u{2065}", true), ("\u{202F}", true),
    ]

    @Test("plain text has no control characters and none that reorder it", arguments: Self.texts)
    func plain(_ text: String, _ isPlain: Bool) {
        #expect(text.isPlainText == isPlain)
    }
}
