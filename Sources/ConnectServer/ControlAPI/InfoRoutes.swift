import ConnectCore
import ConnectStorage
import Hummingbird

/// `GET /_sandbox/info`: what the server is and what is in force.
struct InfoRoutes {
    let database: SandboxDatabase
    let settings: Settings
    let publicURL: PublicURL

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/_sandbox/info") { _, _ in
            let retailers = try await database.retailerCount()
            return try JSON.response(
                InfoResponse(
                    settings,
                    publicURL: publicURL.value,
                    retailers: retailers,
                    now: database.environment.now()
                )
            )
        }
    }
}

/// The fields of `/_sandbox/info`.
struct InfoResponse: Encodable {
    /// A relaxation or a turned assumption.
    struct Named: Encodable {
        let name: String
        let explanation: String
    }

    let version = SandboxVersion.current
    let publicURL: String
    let database: String
    let authorizePath: String
    let relaxations: [Named]
    let assumptions: [Named]
    /// In seconds, as is the next.
    let codeLifetime: Int64
    let tokenLifetime: Int64
    /// Requests per second per application; null where there is no limit.
    let rateLimit: Int?
    let seed: UInt64?
    /// Whether one is required.
    let controlToken: Bool
    let corsOrigin: String?
    /// Host names besides the local ones.
    let allowedHosts: [String]
    /// Who allows every authorization request; null where customers are asked.
    let autoApprove: String?
    let scriptedConsent: Bool
    let faultHeader: Bool
    let retailers: Int
    /// The real time.
    let now: String

    init(_ settings: Settings, publicURL: String, retailers: Int, now: Instant) {
        self.publicURL = publicURL
        database = settings.database.name
        authorizePath = settings.authorizePath
        relaxations = Relaxation.allCases.filter(settings.relaxations.contains).map {
            Named(name: $0.rawValue, explanation: $0.explanation)
        }
        assumptions = Assumption.allCases.filter(settings.choices.assumptions.contains).map {
            Named(name: $0.rawValue, explanation: $0.explanation)
        }
        codeLifetime = settings.choices.codeLifetime
        tokenLifetime = settings.choices.tokenLifetime
        rateLimit = settings.rateLimit
        seed = settings.seed
        controlToken = settings.controlToken != nil
        corsOrigin = settings.corsOrigin
        allowedHosts = settings.allowedHosts
        autoApprove = settings.autoApprove
        scriptedConsent = settings.acceptsScriptedConsent
        faultHeader = settings.acceptsFaultHeader
        self.retailers = retailers
        self.now = now.iso8601
    }

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
        case allowedHosts = "allowed_hosts"
        case autoApprove = "auto_approve"
        case scriptedConsent = "scripted_consent"
        case faultHeader = "fault_header"
        case retailers
        case now
    }

    /// Null is written where there is none: a reader sees that there could be one.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(publicURL, forKey: .publicURL)
        try container.encode(database, forKey: .database)
        try container.encode(authorizePath, forKey: .authorizePath)
        try container.encode(relaxations, forKey: .relaxations)
        try container.encode(assumptions, forKey: .assumptions)
        try container.encode(codeLifetime, forKey: .codeLifetime)
        try container.encode(tokenLifetime, forKey: .tokenLifetime)
        try container.encode(rateLimit, forKey: .rateLimit)
        try container.encode(seed, forKey: .seed)
        try container.encode(controlToken, forKey: .controlToken)
        try container.encode(corsOrigin, forKey: .corsOrigin)
        try container.encode(allowedHosts, forKey: .allowedHosts)
        try container.encode(autoApprove, forKey: .autoApprove)
        try container.encode(scriptedConsent, forKey: .scriptedConsent)
        try container.encode(faultHeader, forKey: .faultHeader)
        try container.encode(retailers, forKey: .retailers)
        try container.encode(now, forKey: .now)
    }
}
