/// How a server was started.
struct InfoAnswer: ShownAnswer {
    struct Choice: Decodable {
        let name: String
        let explanation: String

        var text: String { "\(name): \(explanation)" }
    }

    let version: String
    let publicURL: String
    let database: String
    let authorizePath: String
    let relaxations: [Choice]
    let assumptions: [Choice]
    /// In seconds.
    let codeLifetime: Int
    /// In seconds.
    let tokenLifetime: Int
    let rateLimit: Int?
    let seed: UInt64?
    let controlToken: Bool
    let corsOrigin: String?
    let retailers: Int
    let now: String

    enum CodingKeys: String, CodingKey {
        case version
        case publicURL = "public_url"
        case database
        case authorizePath = "authorize_path"
        case relaxations
        case assumptions
        case codeLifetime = "code_lifetime"
        case tokenLifetime = "token_lifetime"
        case rateLimit = "rate_limit"
        case seed
        case controlToken = "control_token"
        case corsOrigin = "cors_origin"
        case retailers
        case now
    }

    var text: String {
        Labels([
            ("version", [version]),
            ("base URL", [publicURL]),
            ("database", [database]),
            ("authorize path", [authorizePath]),
            ("code lifetime", ["\(codeLifetime) s"]),
            ("token lifetime", ["\(tokenLifetime) s"]),
            ("rate limit", [rateLimit?.description]),
            ("seed", [seed?.description]),
            ("control token", [controlToken.word]),
            ("CORS origin", [corsOrigin]),
            ("retailers", [retailers.description]),
            ("now", [now]),
            ("relaxed", relaxations.map { $0.text }),
            ("assumed", assumptions.map { $0.text }),
        ]).text
    }
}
