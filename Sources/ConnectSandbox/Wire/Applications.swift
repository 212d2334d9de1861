/// A retailer's application.
struct ApplicationAnswer: ShownAnswer {
    let clientID: String
    let clientSecret: String
    let name: String?
    let enabled: Bool
    let scopes: [String]
    let redirectURIs: [String]

    enum CodingKeys: String, CodingKey {
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case name
        case enabled
        case scopes
        case redirectURIs = "redirect_uris"
    }

    var text: String {
        Labels([
            ("client_id", [clientID]),
            ("client_secret", [clientSecret]),
            ("name", [name]),
            ("enabled", [enabled.word]),
            ("scopes", scopes),
            ("redirect_uris", redirectURIs),
        ]).text
    }
}

struct ApplicationList: ShownAnswer {
    let applications: [ApplicationAnswer]

    var text: String {
        guard !applications.isEmpty else { return "no applications" }
        return Table(
            titles: ["client_id", "name", "enabled", "redirect_uris"],
            rows: applications.map { application in
                [
                    application.clientID, application.name, application.enabled.word,
                    application.redirectURIs.joined(separator: " "),
                ]
            }
        ).text
    }
}

/// What an application is made with, or what is to be changed of it; nil is left as it is.
struct ApplicationFields: Encodable {
    var clientID: String?
    var clientSecret: String?
    var name: String?
    var enabled: Bool?
    var scopes: [String]?
    var redirectURIs: [String]?

    enum CodingKeys: String, CodingKey {
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case name
        case enabled
        case scopes
        case redirectURIs = "redirect_uris"
    }
}

/// A secret of null, in whose place the server makes a fresh one.
struct SecretRotation: Encodable {
    enum CodingKeys: String, CodingKey {
        case clientSecret = "client_secret"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeNil(forKey: .clientSecret)
    }
}
