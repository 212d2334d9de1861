import ConnectCore
import Foundation

/// An outcome of the catalogue, as `/_sandbox/contract` shows it.
struct OutcomeResponse: Encodable {
    let key: String
    let status: Int
    /// When it is answered.
    let cause: String
    let provenance: Outcome.Provenance
    /// A body, or a `Location`; nil where a page is answered.
    let example: JSONBody?
    /// The body under `/v2/oauth`, where it is another one there.
    let oauthExample: JSONBody?

    /// - Parameters:
    ///   - outcome: The outcome.
    ///   - choices: What is chosen where Instacart's pages leave a choice.
    /// - Throws: What encoding an example does.
    init(_ outcome: Outcome, choices: Choices) throws {
        func body(in family: APIFamily) throws -> JSONBody? {
            try outcome.exampleBody(in: family, where: choices).map(JSONBody.init(parsing:))
        }
        key = outcome.key
        status = outcome.status
        cause = outcome.cause
        provenance = outcome.provenance
        switch outcome.answer {
        case .redirect(let location):
            example = .text(location)
            oauthExample = nil
        case .eitherError:
            example = try body(in: .connect)
            oauthExample = try body(in: .oauth)
        default:
            example = try body(in: outcome.endpoint?.family ?? .connect)
            oauthExample = nil
        }
    }

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

    /// Null is written where no setting turns an assumption: a reader sees that one could.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encode(status, forKey: .status)
        try container.encode(cause, forKey: .cause)
        switch provenance {
        case .documented(let page):
            try container.encode(page, forKey: .documented)
        case .assumed(let basis, let assumption):
            try container.encode(basis, forKey: .assumed)
            try container.encode(assumption?.rawValue, forKey: .turnedBy)
        }
        try container.encodeIfPresent(example, forKey: .example)
        try container.encodeIfPresent(oauthExample, forKey: .oauthExample)
    }
}
