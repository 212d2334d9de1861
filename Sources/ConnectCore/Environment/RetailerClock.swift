/// What a retailer takes for the time: the real clock, shifted, or standing still.
package enum RetailerClock: Hashable, Sendable {
    /// Runs with the real clock, this many milliseconds ahead of it (behind, where negative).
    case running(offset: Int64)
    /// Shows one instant until it is moved.
    case frozen(at: Instant)

    package static let real = RetailerClock.running(offset: 0)

    /// The time that the retailer sees.
    ///
    /// - Parameter realTime: What the real clock shows.
    /// - Returns: The retailer's now.
    package func now(at realTime: Instant) -> Instant {
        switch self {
        case .running(let offset): realTime.adding(milliseconds: offset)
        case .frozen(let instant): instant
        }
    }

    package var isFrozen: Bool {
        if case .frozen = self { true } else { false }
    }

    /// The clock that shows an instant now, running or standing still.
    ///
    /// - Parameters:
    ///   - instant: What it is to show.
    ///   - isFrozen: Whether it stands still there.
    ///   - realTime: What the real clock shows.
    package init(showing instant: Instant, isFrozen: Bool, at realTime: Instant) {
        self =
            isFrozen
            ? .frozen(at: instant)
            : .running(offset: instant.millisecondsSinceEpoch - realTime.millisecondsSinceEpoch)
    }
}
