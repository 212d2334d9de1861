/// What a retailer's clock shows.
struct ClockAnswer: ShownAnswer {
    let now: String
    let frozen: Bool

    var text: String {
        Labels([("now", [now]), ("frozen", [frozen.word])]).text
    }

    /// As one value of several.
    var summary: String { frozen ? "\(now), frozen" : now }
}

/// What is to become of a clock.
struct ClockFields: Encodable {
    enum Time {
        /// The real one, which is written as null.
        case real
        case date(String)
    }

    var now: Time?
    var frozen: Bool?

    enum CodingKeys: String, CodingKey {
        case now
        case frozen
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch now {
        case .real: try container.encodeNil(forKey: .now)
        case .date(let date): try container.encode(date, forKey: .now)
        case nil: break
        }
        try container.encodeIfPresent(frozen, forKey: .frozen)
    }
}

/// How far a clock is put on.
struct AdvanceFields: Encodable {
    let by: String
}
