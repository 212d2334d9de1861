import ConnectCore
import Testing

@Suite("Period")
struct PeriodTests {
    static let valid: [(String, Period)] = [
        ("P1Y", Period(years: 1)),
        ("P9999Y", Period(years: 9999)),
        ("P1M", Period(months: 1)),
        ("P2W", Period(days: 14)),
        ("P30D", Period(days: 30)),
        ("P0D", Period()),
        ("PT25H", Period(seconds: 90_000)),
        ("PT1M", Period(seconds: 60)),
        ("PT90S", Period(seconds: 90)),
        ("PT0S", Period()),
        ("P1DT1S", Period(days: 1, seconds: 1)),
        ("P1Y2M3W4DT5H6M7S", Period(years: 1, months: 2, days: 25, seconds: 18_367)),
        ("P01Y", Period(years: 1)),
    ]

    @Test("a duration is read in the calendar's units", arguments: Self.valid)
    func read(_ text: String, _ period: Period) {
        #expect(Period(text) == period)
    }

    @Test(
        "what is not a duration of whole, unsigned numbers is refused",
        arguments: [
            "", "P", "PT", "P1", "1Y", "Y", "P1YT", "PY", "P-1Y", "-P1Y", "+P1Y", "P+1Y", "P1.5Y", "P1,5Y", "PT1.5S",
            "P1S", "P1H", "PT1Y", "PT1D", "P1D1Y", "PT1S1H", "P1Y1Y", "PT1HT1S", "p1y", "P1y", " P1Y", "P1Y ", "P1Y\n",
            "P 1Y", "P10000Y", "one year", "365",
        ]
    )
    func refuse(_ text: String) {
        #expect(Period(text) == nil)
    }

    @Test("digits of other scripts are refused, not read as zero", arguments: ["P１Y", "P٣D", "PT२H", "P1１Y"])
    func otherDigits(_ text: String) {
        #expect(Period(text) == nil)
    }

    static let additions: [(start: String, period: String, end: String)] = [
        ("2026-01-01T00:00:00Z", "P1Y", "2027-01-01T00:00:00Z"),
        ("2024-02-29T00:00:00Z", "P1Y", "2025-02-28T00:00:00Z"),
        ("2024-02-29T12:34:56Z", "P4Y", "2028-02-29T12:34:56Z"),
        ("2023-02-28T00:00:00Z", "P1Y", "2024-02-28T00:00:00Z"),
        ("2026-01-31T00:00:00Z", "P1M", "2026-02-28T00:00:00Z"),
        ("2024-01-31T00:00:00Z", "P1M", "2024-02-29T00:00:00Z"),
        ("2026-03-31T00:00:00Z", "P1M", "2026-04-30T00:00:00Z"),
        ("2026-12-31T00:00:00Z", "P2M", "2027-02-28T00:00:00Z"),
        ("2026-11-30T00:00:00Z", "P14M", "2028-01-30T00:00:00Z"),
        ("2026-02-28T00:00:00Z", "P1D", "2026-03-01T00:00:00Z"),
        ("2026-12-31T00:00:00Z", "P1W", "2027-01-07T00:00:00Z"),
        ("2026-03-28T12:00:00Z", "P1D", "2026-03-29T12:00:00Z"),
        ("2026-01-01T00:00:00Z", "PT25H", "2026-01-02T01:00:00Z"),
        ("2026-01-01T00:00:00Z", "P1Y2M3DT4H5M6S", "2027-03-04T04:05:06Z"),
        ("1969-12-31T23:59:59Z", "PT1S", "1970-01-01T00:00:00Z"),
        ("1968-02-29T00:00:00Z", "P1Y", "1969-02-28T00:00:00Z"),
        ("2026-01-01T00:00:00Z", "P0D", "2026-01-01T00:00:00Z"),
    ]

    @Test("it is added by the calendar, and a day that the month lacks becomes its last", arguments: Self.additions)
    func add(_ addition: (start: String, period: String, end: String)) throws {
        let period = try #require(Period(addition.period))
        let start = try #require(Instant(iso8601: addition.start))

        #expect(start.adding(period).iso8601 == addition.end)
    }

    @Test("adding it keeps the fraction of a second, before 1970 too", arguments: [1_767_225_600_250, -750] as [Int64])
    func fraction(_ milliseconds: Int64) {
        let start = Instant(millisecondsSinceEpoch: milliseconds)

        #expect(start.adding(Period(days: 1)) == start.adding(seconds: 86_400))
    }

    @Test("one year is one year")
    func oneYear() {
        #expect(Period.oneYear == Period("P1Y"))
    }
}
