import ConnectCore
import Testing

@Suite("Instacart+ membership")
struct MembershipTests {
    @Test("a year from now ends on a whole second")
    func year() {
        let now = Instant(millisecondsSinceEpoch: 1_767_225_600_999)
        let membership = Membership.year(from: now)

        #expect(membership.isMember)
        #expect(membership.expiresAt?.millisecondsSinceEpoch == 1_798_761_600_000)
        #expect(membership.expiresAt?.iso8601 == "2027-01-01T00:00:00Z")
    }

    @Test("it is in force until the second it expires on, and not on it")
    func expiry() {
        let membership = Membership(isMember: true, expiresAt: newYear)

        #expect(membership.isActive(at: newYear.adding(seconds: -1)))
        #expect(membership.isActive(at: newYear.adding(milliseconds: -1)))
        #expect(membership.isActive(at: newYear) == false)
        #expect(membership.isActive(at: newYear.adding(seconds: 1)) == false)
    }

    @Test("one without an end does not end; who has none is no member, end or not")
    func endless() {
        let distant = newYear.adding(Period(years: 5000))

        #expect(Membership(isMember: true, expiresAt: nil).isActive(at: distant))
        #expect(Membership.none == Membership(isMember: false, expiresAt: nil))
        #expect(Membership.none.isActive(at: newYear) == false)
        #expect(Membership(isMember: false, expiresAt: distant).isActive(at: newYear) == false)
    }

    @Test("a link shows a membership in force with its end")
    func inForce() {
        let status = LinkStatus(Membership.year(from: newYear), at: newYear)

        #expect(status.isInstacartPlusMember)
        #expect(status.expiredAt?.iso8601 == "2027-01-01T00:00:00Z")
        #expect(status.outcome == Outcome.GetUserLink.success)
    }

    @Test("a link shows no end of a membership that is over, to the second")
    func over() {
        let membership = Membership(isMember: true, expiresAt: newYear)
        let before = LinkStatus(membership, at: newYear.adding(milliseconds: -1))
        let after = LinkStatus(membership, at: newYear)

        #expect(before.isInstacartPlusMember)
        #expect(before.expiredAt == newYear)
        #expect(after.isInstacartPlusMember == false)
        #expect(after.expiredAt == nil)
        #expect(after.outcome == Outcome.GetUserLink.notAMember)
    }

    @Test("a link shows no end where there is none")
    func none() {
        #expect(LinkStatus(Membership(isMember: true, expiresAt: nil), at: newYear).expiredAt == nil)
        #expect(LinkStatus(Membership(isMember: true, expiresAt: nil), at: newYear).isInstacartPlusMember)
        #expect(LinkStatus(.none, at: newYear).isInstacartPlusMember == false)
        #expect(LinkStatus(Membership(isMember: false, expiresAt: newYear), at: newYear).expiredAt == nil)
    }
}
