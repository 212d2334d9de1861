import ConnectServer

/// One answer that an endpoint can give.
struct OutcomeAnswer: ShownAnswer {
    let key: String
    let status: Int
    let cause: String
    /// The page that states it; nil where it is assumed.
    let documented: String?
    /// On what basis; nil where it is documented.
    let assumed: String?
    let turnedBy: String?
    let example: JSONBody?
    let oauthExample: JSONBody?

    enum CodingKeys: String, CodingKey {
        case key
        case status
        case cause
        case documented
        case assumed
        case turnedBy = "turned_by"
        case example
        case oauthExample = "oauth_example"
    }

    var text: String {
        Labels([
            ("outcome", [key]),
            ("status", [status.description]),
            ("cause", [cause]),
            ("documented", [documented]),
            ("assumed", [assumed]),
            ("turned by", [turnedBy.map { "--assume \($0)" }]),
            ("example", [example?.shown]),
            ("under /v2/oauth", [oauthExample?.shown]),
        ]).text
    }
}
