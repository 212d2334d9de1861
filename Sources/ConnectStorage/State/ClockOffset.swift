import ConnectCore

/// How far a running clock is ahead of the real one (`PT25H`), or behind it (`-PT0.5S`).
struct ClockOffset: CustomStringConvertible {
    let milliseconds: Int64

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads an ISO 8601 duration of days and less, with a sign and with milliseconds where it has them.
    init?(_ text: String) {
        guard
            text.utf8.count <= 40,
            let match = text.wholeMatch(of: /(-?)(P[0-9A-Z]*?)(?:([0-9]+)\.([0-9]{1,3})S)?/),
            let period = Period(match.2 + (match.3.map { "\($0)S" } ?? "")), period.years == 0, period.months == 0
        else { return nil }
        let fraction = match.4.flatMap { Int64("\($0)00".prefix(3)) } ?? 0
        let amount = (Int64(period.days) * 86_400 + Int64(period.seconds)) * 1000 + fraction
        milliseconds = match.1.isEmpty ? amount : -amount
    }

    var description: String {
        let (days, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 86_400_000)
        let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1000)
        let decimals = fraction == 0 ? "" : ".\(String(1000 + fraction).dropFirst())"
        let date = days == 0 ? "" : "\(days)D"
        let time = rest == 0 && days != 0 ? "" : "T\(seconds)\(decimals)S"
        return "\(milliseconds < 0 ? "-" : "")P\(date)\(time)"
    }
}
