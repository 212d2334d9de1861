/// How long an answer is held back, in milliseconds; one of the three is given.
struct LatencyFields: Codable {
    struct Lognormal: Codable {
        let median: Double
        let sigma: Double
    }

    var fixed: Int?
    /// The least and the most.
    var uniform: [Int]?
    var lognormal: Lognormal?

    var text: String {
        if let fixed { return "\(fixed) ms" }
        if let uniform { return uniform.map(String.init).joined(separator: " to ") + " ms" }
        return lognormal.map { "about \($0.median.word) ms, sigma \($0.sigma.word)" } ?? "-"
    }
}
