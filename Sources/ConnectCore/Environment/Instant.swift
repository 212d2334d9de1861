#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A point in time, exact to the millisecond, as a retailer's clock shows it.
///
/// Stored as milliseconds since the Unix epoch, shown on the wire as ISO 8601 with whole seconds and `Z`.
package struct Instant: Hashable, Comparable, Sendable {
    package let millisecondsSinceEpoch: Int64

    package init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    package init(secondsSinceEpoch: Int64) {
        millisecondsSinceEpoch = secondsSinceEpoch * 1000
    }

    /// Whole seconds since the Unix epoch, rounded down.
    package var secondsSinceEpoch: Int64 {
        let (quotient, remainder) = millisecondsSinceEpoch.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    package func adding(milliseconds: Int64) -> Instant {
        Instant(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
    }

    package func adding(seconds: Int64) -> Instant {
        adding(milliseconds: seconds * 1000)
    }
}

extension Instant {
    /// What a state document or a clock may name: from the Gregorian calendar's first full year to the last of four
    /// digits.
    private static let representable =
        Instant(secondsSinceEpoch: -12_212_553_600)...Instant(secondsSinceEpoch: 253_402_300_799)

    private static let latestForClocks = Instant(secondsSinceEpoch: 253_370_764_799)

    /// Reads a date with time and offset, with or without a fraction of a second (`2026-01-01T00:00:00Z`), from 1583 to
    /// 9999.
    ///
    /// Foundation's parser takes 30 February for 2 March, does not know every offset, and keeps the fraction in a
    /// floating-point number. So it is given only the date and the time, which have to be written as they were read;
    /// what is smaller than a millisecond is cut off.
    ///
    /// - Parameter iso8601: The text to read.
    package init?(iso8601: String) {
        let pattern = /([0-9-]{10}T[0-9:]{8})(?:\.([0-9]{1,9}))?(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))/
        guard
            let match = iso8601.wholeMatch(of: pattern), let date = try? Date("\(match.1)Z", strategy: .iso8601)
        else { return nil }
        let (_, written, fraction, sign, hours, minutes) = match.output
        let local = Instant(secondsSinceEpoch: Int64(date.timeIntervalSince1970))
        let offset = (Int64(hours ?? "0") ?? 0) * 3600 + (Int64(minutes ?? "0") ?? 0) * 60
        let second = local.adding(seconds: sign == "-" ? offset : -offset)
        guard local.iso8601.dropLast() == written, Self.representable.contains(second) else { return nil }
        self = second.adding(milliseconds: Int64("\(fraction ?? "")000".prefix(3)) ?? 0)
    }

    /// The date and time in UTC with whole seconds, as Instacart's samples show them (`2021-06-30T00:00:00Z`).
    package var iso8601: String {
        Date(timeIntervalSince1970: Double(secondsSinceEpoch)).formatted(.iso8601)
    }

    /// The date and time in UTC with three decimals, whatever they are.
    package var iso8601WithMilliseconds: String {
        let milliseconds = millisecondsSinceEpoch - secondsSinceEpoch * 1000
        return "\(iso8601.dropLast()).\(String(1000 + milliseconds).dropFirst())Z"
    }

    /// The date and time in UTC with the milliseconds, where there are any (`2026-01-01T00:00:00.250Z`): what state
    /// documents write, so that nothing is lost.
    package var preciseISO8601: String {
        millisecondsSinceEpoch == secondsSinceEpoch * 1000 ? iso8601 : iso8601WithMilliseconds
    }

    /// Whether a clock may show it: what begins by that clock has a year left to end.
    package var isForClocks: Bool { (Self.representable.lowerBound...Self.latestForClocks).contains(self) }

    /// Itself, or the last instant that can be written, where it is later.
    package var capped: Instant { min(self, Self.representable.upperBound) }
}
