import ConnectCore
import ConnectStorage
import Hummingbird

/// A retailer as `GET /_sandbox/retailers/{id}` shows it.
struct RetailerResponse: Encodable {
    let id: String
    let name: String
    let clock: ClockResponse
    /// The `client_id`s of its applications.
    let applications: [String]
    let connectUsers: Int
    let instacartUsers: Int
    let links: Int

    init(_ retailer: RetailerSummary) {
        id = retailer.id.rawValue
        name = retailer.name
        clock = ClockResponse(retailer.clock)
        applications = retailer.clientIDs.map(\.rawValue)
        connectUsers = retailer.connectUsers
        instacartUsers = retailer.instacartUsers
        links = retailer.links
    }

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case clock
        case applications
        case connectUsers = "connect_users"
        case instacartUsers = "instacart_users"
        case links
    }
}

struct RetailersResponse: Encodable {
    let retailers: [RetailerResponse]

    init(_ retailers: [RetailerSummary]) {
        self.retailers = retailers.map(RetailerResponse.init)
    }
}

/// What a test suite needs to begin.
struct CreatedRetailerResponse: Encodable {
    let id: String
    let clientID: String
    let clientSecret: String
    /// Complete but for `state`.
    let authorizationURL: String

    enum CodingKeys: String, CodingKey {
        case id
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case authorizationURL = "authorization_url"
    }
}

struct ClockResponse: Encodable {
    /// ISO 8601 in UTC, with milliseconds where there are any.
    let now: String
    let frozen: Bool

    init(_ reading: ClockReading) {
        now = reading.now.preciseISO8601
        frozen = reading.isFrozen
    }
}

struct ApplicationsResponse: Encodable {
    let applications: [DocumentValue]
}

struct ConnectUsersResponse: Encodable {
    let connectUsers: [DocumentValue]

    enum CodingKeys: String, CodingKey {
        case connectUsers = "connect_users"
    }
}

struct InstacartUsersResponse: Encodable {
    let instacartUsers: [DocumentValue]

    enum CodingKeys: String, CodingKey {
        case instacartUsers = "instacart_users"
    }
}
