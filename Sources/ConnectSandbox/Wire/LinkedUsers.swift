/// The two users of a link.
struct LinkedUsers: ShownAnswer, Encodable {
    let connectUser: ConnectUserAnswer
    let instacartUser: InstacartUserAnswer

    enum CodingKeys: String, CodingKey {
        case connectUser = "connect_user"
        case instacartUser = "instacart_user"
    }

    var text: String {
        Labels([
            ("user_id", [connectUser.userID]),
            ("linked_to", [instacartUser.id.description]),
            ("email", [instacartUser.email]),
            ("instacartplus_member", [instacartUser.isMember.word]),
            ("expired_at", [instacartUser.expiredAt]),
        ]).text
    }
}
