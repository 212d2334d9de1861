import ConnectCore
import Testing

@Suite("Reason")
struct ReasonTests {
    static let values: [(String, String)] = [
        ("johnsmith6000", "johnsmith6000"),
        ("", ""),
        ("a b~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}", "a b~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}"),
        ("100%", "100%"),
        ("line\nbreak", "line%0Abreak"),
        ("x\r\nSet-Cookie: a=b", "x%0D%0ASet-Cookie: a=b"),
        ("\t", "%09"),
        ("\u{0}", "%00"),
        ("\u{1F}\u{7F}", "%1F%7F"),
        ("\u{80}", "%C2%80"),
        ("J\u{F6}rg", "J%C3%B6rg"),
        ("e\u{301}", "e%CC%81"),
        ("\u{202E}", "%E2%80%AE"),
        ("\u{1F600}", "%F0%9F%98%80"),
    ]

    @Test("a value is percent-encoded where it is not printable ASCII", arguments: Self.values)
    func encoding(_ value: String, _ shown: String) {
        let reason: Reason = "The value \(value) came."

        #expect(reason.description == "The value \(shown) came.")
    }

    static let lengths: [(Int, Int)] = [(99, 99), (100, 100), (101, 100), (100_000, 100)]

    @Test("a value is cut to 100 characters", arguments: Self.lengths)
    func cut(_ length: Int, _ shown: Int) {
        let reason: Reason = "\(String(repeating: "a", count: length))."

        #expect(reason.description == String(repeating: "a", count: shown) + ".")
    }

    @Test("a value is cut before it is encoded, each by itself")
    func cutAndEncoded() {
        let value = String(repeating: "\u{F6}", count: 101)
        let reason: Reason = "\(value), \(value)"
        let shown = String(repeating: "%C3%B6", count: 100)

        #expect(reason.description == "\(shown), \(shown)")
    }

    @Test("ids are treated like any value, numbers and scopes are written out")
    func types() {
        let userID = UserID(rawValue: "a\nb" + String(repeating: "c", count: 200))
        let clientID = ClientID(rawValue: "\u{F6}")
        let scopes = ScopeList([.fulfillment, .accountLinking])

        #expect(("\(userID)" as Reason).description == "a%0Ab" + String(repeating: "c", count: 97))
        #expect(("\(clientID)" as Reason).description == "%C3%B6")
        #expect(("\(InstacartUserID(rawValue: 940_626_754))" as Reason).description == "940626754")
        #expect(("\(-5)" as Reason).description == "-5")
        #expect(("\(newYear)" as Reason).description == "2026-01-01T00:00:00Z")
        #expect(("\(scopes)" as Reason).description == "connect:fulfillment account_linking")
        #expect(("\(ScopeList([]))" as Reason).description == "none")
    }

    @Test("all scopes are written out, however many")
    func allScopes() {
        let all = ScopeList(Scope.allCases)

        #expect(("\(all)" as Reason).description == all.description)
    }

    @Test("several are one, with spaces between")
    func joined() {
        #expect(Reason(joining: ["One.", "Two.", "Three."]) == "One. Two. Three.")
        #expect(Reason(joining: []) == "")
    }
}
