#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An ISO 8601 duration such as `P1Y`, `P30D` or `PT25H`, in the calendar's units.
package struct Period: Equatable, Sendable {
    package var years = 0
    package var months = 0
    package var days = 0
    package var seconds = 0

    package static let oneYear = Period(years: 1)

    package init(years: Int = 0, months: Int = 0, days: Int = 0, seconds: Int = 0) {
        self.years = years
        self.months = months
        self.days = days
        self.seconds = seconds
    }

    /// Reads `P[nY][nM][nW][nD][T[nH][nM][nS]]` with whole, unsigned numbers and at least one of them.
    ///
    /// - Parameter text: The text to read.
    package init?(_ text: String) {
        let pattern =
            /P(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})W)?(?:([0-9]{1,7})D)?(T(?:([0-9]{1,8})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,10})S)?)?/
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let fields = match.output
        let dateParts = [fields.1, fields.2, fields.3, fields.4]
        let timeParts = [fields.6, fields.7, fields.8]
        let hasTime = timeParts.contains { $0 != nil }
        guard hasTime || dateParts.contains(where: { $0 != nil }), hasTime == (fields.5 != nil) else { return nil }
        let date = dateParts.map(Self.number)
        let time = timeParts.map(Self.number)
        self.init(
            years: date[0],
            months: date[1],
            days: date[2] * 7 + date[3],
            seconds: time[0] * 3600 + time[1] * 60 + time[2]
        )
    }

    private static func number(_ digits: Substring?) -> Int {
        digits.flatMap { Int($0) } ?? 0
    }
}

extension Period {
    /// As ISO 8601 writes it, in years, months, days and seconds; `PT0S` where it is empty.
    package var iso8601: String {
        let date = [(years, "Y"), (months, "M"), (days, "D")].filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined()
        let time = seconds != 0 || date.isEmpty ? "T\(seconds)S" : ""
        return "P\(date)\(time)"
    }
}

extension Instant {
    /// Adds a period by the Gregorian calendar in UTC: one year after 29 February is 28 February.
    ///
    /// - Parameter period: What to add.
    /// - Returns: The later instant.
    package func adding(_ period: Period) -> Instant {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: period.years, month: period.months, day: period.days)
        let start = Date(timeIntervalSince1970: Double(secondsSinceEpoch))
        let moved = calendar.date(byAdding: parts, to: start) ?? start
        let fraction = millisecondsSinceEpoch - secondsSinceEpoch * 1000
        return Instant(secondsSinceEpoch: Int64(moved.timeIntervalSince1970))
            .adding(milliseconds: fraction)
            .adding(seconds: Int64(period.seconds))
    }
}
