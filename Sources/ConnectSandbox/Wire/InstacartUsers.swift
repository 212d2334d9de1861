/// A customer of Instacart.
struct InstacartUserAnswer: ShownAnswer, Encodable {
    let id: Int64
    let email: String
    let phone: String?
    let passwordHash: String?
    let isMember: Bool
    let expiredAt: String?

    enum CodingKeys: String, CodingKey {
        case id
        case email
        case phone
        case passwordHash = "password_hash"
        case isMember = "instacartplus_member"
        case expiredAt = "expired_at"
    }

    var text: String {
        Labels([
            ("id", [id.description]),
            ("email", [email]),
            ("phone", [phone]),
            ("instacartplus_member", [isMember.word]),
            ("expired_at", [expiredAt]),
        ]).text
    }
}

struct InstacartUserList: ShownAnswer {
    let instacartUsers: [InstacartUserAnswer]

    enum CodingKeys: String, CodingKey {
        case instacartUsers = "instacart_users"
    }

    var text: String {
        guard !instacartUsers.isEmpty else { return "no Instacart users" }
        return Table(
            titles: ["id", "email", "phone", "instacartplus_member", "expired_at"],
            rows: instacartUsers.map { user in
                [user.id.description, user.email, user.phone, user.isMember.word, user.expiredAt]
            }
        ).text
    }
}

/// What an Instacart user is made with, or what is to be changed; nil is left as it is.
struct InstacartUserFields: Encodable {
    var email: String?
    var phone: String?
    var password: String?
    var isMember: Bool?
    var expiredAt: String?
    var expiresIn: String?

    enum CodingKeys: String, CodingKey {
        case email
        case phone
        case password
        case isMember = "instacartplus_member"
        case expiredAt = "expired_at"
        case expiresIn = "expires_in"
    }
}
