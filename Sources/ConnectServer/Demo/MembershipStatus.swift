/// What the API says about a customer: which state of the status element is due, and whether delivery is free.
///
/// Source: /connect/fulfillment_guide/how_to/link_an_instacart_account, “Update the status element”.
enum MembershipStatus: Equatable, Sendable {
    /// Linked, with an Instacart+ membership; the day it ends as MM/DD/YYYY, where the answer tells.
    case active(expiresOn: String?)
    /// Linked, without one.
    case inactive
    case unlinked(UnlinkedCause)
    /// The answer was none that the page foresees: an outage, a limit.
    case unknown

    enum UnlinkedCause: Sendable {
        case notFound
        case notLinked
        /// The page does not foresee it for the status element; the accounts cannot be linked.
        case notActive
    }

    /// Reads an answer of `GET …/users/{user_id}/link`.
    init(_ answer: APIAnswer) {
        switch (answer.status, answer.errorMessage) {
        case (200, _):
            guard let link = answer.decoded(LinkBody.self) else {
                self = .unknown
                return
            }
            self = link.isMember ? .active(expiresOn: link.expiredAt.flatMap(Self.usDate)) : .inactive
        case (400, "User Not Found"): self = .unlinked(.notFound)
        case (400, "User Not Linked"): self = .unlinked(.notLinked)
        case (403, "User Not Active"): self = .unlinked(.notActive)
        default: self = .unknown
        }
    }

    /// The state in a few words; nil where it is not known.
    var situation: String? {
        switch self {
        case .active: "Linked, Instacart+"
        case .inactive: "Linked, no Instacart+"
        case .unlinked(.notLinked): "Not linked"
        case .unlinked(.notActive): "Not active"
        case .unlinked(.notFound): DemoCustomer.newcomerSituation
        case .unknown: nil
        }
    }

    var isActive: Bool {
        if case .active = self { true } else { false }
    }

    var isUnlinked: Bool {
        if case .unlinked = self { true } else { false }
    }

    /// `2025-09-22T07:14:43Z` as `09/22/2025`.
    private static func usDate(_ iso8601: String) -> String? {
        guard let match = iso8601.prefixMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})T/) else { return nil }
        return "\(match.2)/\(match.3)/\(match.1)"
    }

    private struct LinkBody: Decodable {
        let isMember: Bool
        let expiredAt: String?

        enum CodingKeys: String, CodingKey {
            case isMember = "instacartplus_member"
            case expiredAt = "expired_at"
        }
    }
}
