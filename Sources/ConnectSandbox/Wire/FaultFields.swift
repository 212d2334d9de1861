/// What a fault is made with; nil is left to the server.
struct FaultFields: Encodable {
    enum Times {
        /// Without end, which is written as null.
        case always
        case count(Int)
    }

    var endpoint: String?
    var path: String?
    var method: String?
    var outcome: String?
    var status: Int?
    var wire: String?
    var latency: LatencyFields?
    var nth: Int?
    var times: Times?
    var probability: Double?
    var seed: UInt64?

    enum CodingKeys: String, CodingKey {
        case endpoint
        case path
        case method
        case outcome
        case status
        case wire
        case latency
        case nth
        case times
        case probability
        case seed
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(endpoint, forKey: .endpoint)
        try container.encodeIfPresent(path, forKey: .path)
        try container.encodeIfPresent(method, forKey: .method)
        try container.encodeIfPresent(outcome, forKey: .outcome)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(wire, forKey: .wire)
        try container.encodeIfPresent(latency, forKey: .latency)
        try container.encodeIfPresent(nth, forKey: .nth)
        switch times {
        case .always: try container.encodeNil(forKey: .times)
        case .count(let count): try container.encode(count, forKey: .times)
        case nil: break
        }
        try container.encodeIfPresent(probability, forKey: .probability)
        try container.encodeIfPresent(seed, forKey: .seed)
    }
}
