import ConnectCore
import Testing

@Suite("Instant")
struct InstantTests {
    static let readable: [(String, Int64)] = [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-01-01T00:00:00Z", 1_767_225_600_000),
        ("2021-06-30T00:00:00Z", 1_625_011_200_000),
        ("2024-02-29T12:00:00Z", 1_709_208_000_000),
        ("2026-01-01T00:00:00.5Z", 1_767_225_600_500),
        ("2026-01-01T00:00:00.123Z", 1_767_225_600_123),
        ("2026-01-01T00:00:00.001Z", 1_767_225_600_001),
        ("2026-01-01T02:00:00+02:00", 1_767_225_600_000),
        ("2025-12-31T19:30:00-04:30", 1_767_225_600_000),
        ("2026-01-01T02:00:00.250+02:00", 1_767_225_600_250),
        ("2026-01-01T00:00:00+23:59", 1_767_139_260_000),
        ("2026-01-01T00:00:00-23:59", 1_767_311_940_000),
        ("1969-12-31T23:59:59Z", -1000),
        ("1969-12-31T23:59:59.250Z", -750),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999),
    ]

    @Test("a date with time and offset is read to the millisecond", arguments: Self.readable)
    func read(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(iso8601: text) == Instant(millisecondsSinceEpoch: milliseconds))
    }

    static let finer: [(String, Int64)] = [
        ("2026-01-01T00:00:00.999512Z", 999), ("2026-01-01T00:00:00.9995Z", 999),
        ("2026-01-01T00:00:00.999999999Z", 999), ("2026-01-01T00:00:00.0009Z", 0), ("2026-01-01T00:00:00.01Z", 10),
        ("2026-01-01T01:00:00.9999+01:00", 999),
    ]

    @Test("what is smaller than a millisecond is cut off", arguments: Self.finer)
    func cut(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(iso8601: text) == newYear.adding(milliseconds: milliseconds))
    }

    @Test(
        "every millisecond of a second is read as it is written, near and far",
        arguments: [
            "1583-01-01T00:00:00Z", "1900-02-28T23:59:59Z", "1969-12-31T23:59:59Z", "2026-01-01T00:00:00Z",
            "2250-03-04T05:06:07Z", "2273-03-04T05:06:07Z", "9999-12-31T23:59:59Z",
        ]
    )
    func everyMillisecond(_ text: String) throws {
        let second = try #require(Instant(iso8601: text))
        let instants = (0..<1000).map { second.adding(milliseconds: $0) }

        #expect(instants.compactMap { Instant(iso8601: $0.preciseISO8601) } == instants)
    }

    @Test(
        "what is not a date with time and offset is refused",
        arguments: [
            "", " ", "now", "2026", "2026-01-01", "00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00Z",
            "2026-01-01 00:00:00Z", "2026-01-01T00:00:00 Z", "2026/01/01T00:00:00Z", "01-01-2026T00:00:00Z",
            "2026-01-01T00:00:00X", "2026-01-01T00:00:00+", " 2026-01-01T00:00:00Z", "1767225600",
            "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.0123456789Z",
            "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+01:60", "2026-01-01T00:00:00+0100",
        ]
    )
    func unreadable(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        "what follows a date makes it none",
        arguments: [
            "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00Z tomorrow", "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00+02:00x", "2026-01-01T00:00:00Z/2027-01-01T00:00:00Z",
        ]
    )
    func trailing(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        "a date that is in no calendar is refused",
        arguments: [
            "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
            "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-01T25:00:00Z",
            "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
        ]
    )
    func impossible(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        "a year that ISO 8601 does not write in four digits is refused",
        arguments: [
            "0001-01-01T00:00:00Z", "1582-12-31T23:59:59Z", "1583-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
            "10000-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "99999999999-01-01T00:00:00Z", "-0001-01-01T00:00:00Z",
        ]
    )
    func outOfRange(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    static let written: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00Z"),
        (1_625_011_200_000, "2021-06-30T00:00:00Z"),
        (1_767_225_600_001, "2026-01-01T00:00:00Z"),
        (1_767_225_600_999, "2026-01-01T00:00:00Z"),
        (1_709_208_000_000, "2024-02-29T12:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (-1000, "1969-12-31T23:59:59Z"),
        (-1001, "1969-12-31T23:59:58Z"),
        (253_402_300_799_000, "9999-12-31T23:59:59Z"),
    ]

    @Test("it is written in UTC with whole seconds, rounded down", arguments: Self.written)
    func write(_ milliseconds: Int64, _ text: String) {
        #expect(Instant(millisecondsSinceEpoch: milliseconds).iso8601 == text)
    }

    static let seconds: [(Int64, Int64)] = [
        (0, 0), (1, 0), (999, 0), (1000, 1), (1999, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2), (-2000, -2),
        (1_767_225_600_999, 1_767_225_600),
    ]

    @Test("its seconds since the epoch are rounded down, before 1970 too", arguments: Self.seconds)
    func floor(_ milliseconds: Int64, _ seconds: Int64) {
        #expect(Instant(millisecondsSinceEpoch: milliseconds).secondsSinceEpoch == seconds)
    }

    @Test("adding moves it by milliseconds or seconds, either way")
    func adding() {
        #expect(newYear.adding(milliseconds: 1).millisecondsSinceEpoch == 1_767_225_600_001)
        #expect(newYear.adding(seconds: 86_400).millisecondsSinceEpoch == 1_767_312_000_000)
        #expect(newYear.adding(seconds: -1).millisecondsSinceEpoch == 1_767_225_599_000)
    }

    @Test("of two, the earlier is the lesser, by a millisecond too")
    func order() {
        #expect(newYear < newYear.adding(milliseconds: 1))
        #expect(newYear.adding(milliseconds: -1) < newYear)
        #expect(newYear == Instant(millisecondsSinceEpoch: 1_767_225_600_000))
    }
}
