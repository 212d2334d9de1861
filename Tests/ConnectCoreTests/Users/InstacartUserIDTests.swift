import ConnectCore
import Testing

@Suite("Instacart user id")
struct InstacartUserIDTests {
    static let readable: [(String, Int64)] = [
        ("1", 1), ("940626754", 940_626_754), ("0", 0), ("007", 7), ("9223372036854775807", .max),
    ]

    @Test("decimal digits are read", arguments: Self.readable)
    func read(_ digits: String, _ id: Int64) {
        #expect(InstacartUserID(digits: digits) == InstacartUserID(rawValue: id))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " ", "-1", "+1", "1 ", " 1", "1.0", "1e3", "0x1", "one", "1\n", "\u{FF11}", "\u{0661}",
            "9223372036854775808", "1/../2", "johnsmith6000",
        ]
    )
    func refused(_ digits: String) {
        #expect(InstacartUserID(digits: digits) == nil)
    }
}
