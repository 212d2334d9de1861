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
    /// The years that a state document or a clock may name: what ISO 8601 writes in four digits.
    private static let representable =
        Instant(secondsSinceEpoch: -62_135_596_800)...Instant(secondsSinceEpoch: 253_402_300_799)

    /// Reads a date with time and offset, with or without a fraction of a second (`2026-01-01T00:00:00Z`).
    ///
    /// - Parameter iso8601: The text to read.
    package init?(iso8601: String) {
        guard let date = try? Date(iso8601, strategy: .iso8601) else { return nil }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        self.init(millisecondsSinceEpoch: Int64(milliseconds))
        guard Self.representable.contains(self) else { return nil }
    }

    /// The date and time in UTC with whole seconds, as Instacart's samples show them (`2021-06-30T00:00:00Z`).
    package var iso8601: String {
        Date(timeIntervalSince1970: Double(secondsSinceEpoch)).formatted(.iso8601)
    }
}
