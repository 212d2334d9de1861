import ConnectCore
import GRDB

/// A fault's row.
enum FaultRecord {
    /// All of a retailer, the first armed first.
    static func all(of retailer: Int64, _ db: Database) throws -> [FaultRule] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM fault WHERE retailer = ? ORDER BY key"),
            arguments: [retailer]
        )
        .compactMap(FaultRule.init)
    }

    static func insert(_ rule: FaultRule, of retailer: Int64, _ db: Database) throws {
        var outcome: String?
        var wire: String?
        switch rule.effect.answer {
        case .outcome(let answer): outcome = answer.key
        case .wire(let fault): wire = fault.rawValue
        case nil: break
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO fault (retailer, id, endpoint, method, path, outcome, wire, latency, nth, times, probability,
                    seed, seen, hits)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        .execute(
            arguments: [
                retailer, rule.id, rule.match.endpoint?.name, rule.match.method, rule.match.path, outcome, wire,
                rule.effect.latency?.stored, rule.nth, rule.times, rule.probability, Int64(bitPattern: rule.seed),
                rule.seen, rule.hits,
            ]
        )
    }

    /// Keeps what a rule counted.
    static func count(_ rule: FaultRule, of retailer: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE fault SET seen = ?, hits = ? WHERE retailer = ? AND id = ?")
            .execute(arguments: [rule.seen, rule.hits, retailer, rule.id])
    }

    /// - Returns: Whether there was one.
    static func delete(_ id: String, of retailer: Int64, _ db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM fault WHERE retailer = ? AND id = ?", arguments: [retailer, id.key])
        return db.changesCount == 1
    }

    static func deleteAll(of retailer: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM fault WHERE retailer = ?").execute(arguments: [retailer])
    }
}

extension FaultRule {
    private static let outcomes = Dictionary(uniqueKeysWithValues: Outcome.catalogue.map { ($0.key, $0) })

    /// Nil where the catalogue has the outcome no more.
    fileprivate init?(_ row: Row) {
        let answer: FaultEffect.Answer?
        if let key: String = row["outcome"] {
            guard let outcome = Self.outcomes[key] else { return nil }
            answer = .outcome(outcome)
        } else {
            answer = (row["wire"] as String?).flatMap(WireFault.init(rawValue:)).map(FaultEffect.Answer.wire)
        }
        self.init(
            id: row["id"],
            match: Match(
                endpoint: (row["endpoint"] as String?).flatMap(Endpoint.init(rawValue:)),
                method: row["method"],
                path: row["path"]
            ),
            effect: FaultEffect(answer: answer, latency: (row["latency"] as String?).flatMap(Latency.init(stored:))),
            nth: row["nth"],
            times: row["times"],
            probability: row["probability"],
            seed: UInt64(bitPattern: row["seed"]),
            seen: row["seen"],
            hits: row["hits"]
        )
    }
}

extension Latency {
    /// Its kind and its numbers, separated by a space.
    fileprivate var stored: String {
        switch self {
        case .fixed(let milliseconds): "fixed \(milliseconds)"
        case .uniform(let least, let most): "uniform \(least) \(most)"
        case .lognormal(let median, let sigma): "lognormal \(median) \(sigma)"
        }
    }

    fileprivate init?(stored: String) {
        let words = stored.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Double($0) }
        switch (words.first, numbers.count) {
        case ("fixed", 1): self = .fixed(Int(numbers[0]))
        case ("uniform", 2): self = .uniform(Int(numbers[0]), Int(numbers[1]))
        case ("lognormal", 2): self = .lognormal(median: numbers[0], sigma: numbers[1])
        default: return nil
        }
    }
}
