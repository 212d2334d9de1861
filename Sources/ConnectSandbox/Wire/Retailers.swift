/// A retailer and how much belongs to it.
struct RetailerAnswer: ShownAnswer {
    let id: String
    let name: String?
    let clock: ClockAnswer
    let applications: [String]
    let connectUsers: Int
    let instacartUsers: Int
    let links: Int

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case clock
        case applications
        case connectUsers = "connect_users"
        case instacartUsers = "instacart_users"
        case links
    }

    var text: String {
        Labels([
            ("id", [id]),
            ("name", [name]),
            ("clock", [clock.summary]),
            ("applications", applications),
            ("connect_users", [connectUsers.description]),
            ("instacart_users", [instacartUsers.description]),
            ("links", [links.description]),
        ]).text
    }
}

struct RetailerList: ShownAnswer {
    let retailers: [RetailerAnswer]

    var text: String {
        guard !retailers.isEmpty else { return "no retailers" }
        return Table(
            titles: ["id", "name", "clock", "applications", "connect_users", "instacart_users", "links"],
            rows: retailers.map { retailer in
                [
                    retailer.id, retailer.name, retailer.clock.summary, retailer.applications.count.description,
                    retailer.connectUsers.description, retailer.instacartUsers.description, retailer.links.description,
                ]
            }
        ).text
    }
}

/// What a new retailer's backend is configured with.
struct NewRetailerAnswer: ShownAnswer {
    let id: String
    let clientID: String
    let clientSecret: String
    let authorizationURL: String

    enum CodingKeys: String, CodingKey {
        case id
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case authorizationURL = "authorization_url"
    }

    var text: String {
        Labels([
            ("id", [id]),
            ("client_id", [clientID]),
            ("client_secret", [clientSecret]),
            ("authorization_url", [authorizationURL]),
        ]).text
    }
}
