/// A retailer's user.
struct ConnectUserAnswer: ShownAnswer, Encodable {
    let userID: String
    let firstName: String?
    let lastName: String?
    let phoneNumber: String?
    let locale: String?
    let active: Bool
    /// The Instacart user's id.
    let linkedTo: Int64?

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case phoneNumber = "phone_number"
        case locale
        case active
        case linkedTo = "linked_to"
    }

    var text: String {
        Labels([
            ("user_id", [userID]),
            ("first_name", [firstName]),
            ("last_name", [lastName]),
            ("phone_number", [phoneNumber]),
            ("locale", [locale]),
            ("active", [active.word]),
            ("linked_to", [linkedTo?.description]),
        ]).text
    }
}

struct ConnectUserList: ShownAnswer {
    let connectUsers: [ConnectUserAnswer]

    enum CodingKeys: String, CodingKey {
        case connectUsers = "connect_users"
    }

    var text: String {
        guard !connectUsers.isEmpty else { return "no Connect users" }
        return Table(
            titles: ["user_id", "first_name", "last_name", "active", "linked_to"],
            rows: connectUsers.map { user in
                [user.userID, user.firstName, user.lastName, user.active.word, user.linkedTo?.description]
            }
        ).text
    }
}

/// What a Connect user is made with, or what is to be changed; nil is left as it is.
struct ConnectUserFields: Encodable {
    var userID: String?
    var firstName: String?
    var lastName: String?
    var phoneNumber: String?
    var locale: String?
    var active: Bool?

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case phoneNumber = "phone_number"
        case locale
        case active
    }
}

/// Whom a Connect user is to be linked to.
struct LinkFields: Encodable {
    let instacartUserID: Int64

    enum CodingKeys: String, CodingKey {
        case instacartUserID = "instacart_user_id"
    }
}
