import ConnectCore
import Testing

@Suite("E-mail address")
struct EmailAddressTests {
    @Test(
        "an address is kept as it is written",
        arguments: [
            "member@example.com", "First.Last+tag@Sub.Example.co.uk", "a@b", "user@localhost", "o'brien@example.com",
            "j\u{FC}rgen@ex\u{E4}mple.org", "\u{7528}\u{6237}@example.com", "1@2.3", "..@example.com",
        ]
    )
    func accepted(_ address: String) {
        #expect(EmailAddress(rawValue: address)?.rawValue == address)
    }

    @Test(
        "what has not one @ between something and a host name, or hides characters, is refused",
        arguments: [
            "", " ", "@", "member", "member.example.com", "@example.com", "member@", "member@@example.com",
            "member@example@com", "mem ber@example.com", "member@exam ple.com", " member@example.com",
            "member@example.com ", "member@example.com\n", "member\r\n@example.com", "member@.com",
            "member@example.", "member@example..com", "member@.", "member\u{0}@example.com",
            "member\u{200B}@example.com", "member\u{202E}@example.com", "member\u{A0}@example.com",
        ]
    )
    func refused(_ address: String) {
        #expect(EmailAddress(rawValue: address) == nil)
    }

    @Test("254 bytes are accepted, 255 are not")
    func length() {
        let longest = String(repeating: "a", count: 242) + "@example.com"

        #expect(longest.utf8.count == 254)
        #expect(EmailAddress(rawValue: longest)?.rawValue == longest)
        #expect(EmailAddress(rawValue: "a" + longest) == nil)
    }

    static let pairs: [(String, String)] = [
        ("member@example.com", "MEMBER@Example.Com"),
        ("J\u{DC}RGEN@example.com", "j\u{FC}rgen@example.com"),
    ]

    @Test("two that differ in case only are the same", arguments: Self.pairs)
    func comparison(_ left: String, _ right: String) throws {
        let left = try #require(EmailAddress(rawValue: left))
        let right = try #require(EmailAddress(rawValue: right))

        #expect(left == right)
        #expect(left.comparisonKey == right.comparisonKey)
        #expect(left.rawValue != right.rawValue)
    }

    @Test("two others are not")
    func others() {
        #expect(EmailAddress(rawValue: "member@example.com") != EmailAddress(rawValue: "member@example.org"))
        #expect(EmailAddress(rawValue: "member@example.com") != EmailAddress(rawValue: "member+1@example.com"))
    }
}
