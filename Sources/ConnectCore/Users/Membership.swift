/// An Instacart+ membership, bought or not, and when it ends.
package struct Membership: Equatable, Sendable {
    /// Whether the Instacart user bought one.
    package var isMember: Bool
    /// Its end.
    ///
    /// A membership without one does not end.
    package var expiresAt: Instant?

    package static let none = Membership(isMember: false, expiresAt: nil)

    package init(isMember: Bool, expiresAt: Instant?) {
        self.isMember = isMember
        self.expiresAt = expiresAt
    }

    /// A membership that begins now and lasts one year, to the second.
    ///
    /// - Parameter now: The retailer's time.
    /// - Returns: The membership.
    package static func year(from now: Instant) -> Membership {
        Membership(isMember: true, expiresAt: Instant(secondsSinceEpoch: now.secondsSinceEpoch).adding(.oneYear))
    }

    /// Whether it is in force: from the second it expires on, it is not.
    ///
    /// - Parameter now: The retailer's time.
    /// - Returns: True while bought and not yet past its end.
    package func isActive(at now: Instant) -> Bool {
        isMember && expiresAt.map { now < $0 } ?? true
    }
}

/// What a linked Connect user's membership looks like from outside.
///
/// Source: /connect/api/fulfillment/users/get_user_link.
package struct LinkStatus: Equatable, Sendable {
    package let isInstacartPlusMember: Bool
    /// The end of the current membership; nil where there is none.
    package let expiredAt: Instant?

    package init(_ membership: Membership, at now: Instant) {
        isInstacartPlusMember = membership.isActive(at: now)
        expiredAt = isInstacartPlusMember ? membership.expiresAt : nil
    }
}

extension LinkStatus {
    /// The outcome that goes with it.
    package var outcome: Outcome {
        isInstacartPlusMember ? Outcome.GetUserLink.success : Outcome.GetUserLink.notAMember
    }
}
