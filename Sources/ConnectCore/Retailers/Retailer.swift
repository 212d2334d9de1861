/// The tenant, and the unit of isolation: it owns its applications, users, codes, tokens, links and its clock.
package struct Retailer: Equatable, Sendable {
    package let id: RetailerID
    package var name: String
    package var clock: RetailerClock

    package init(id: RetailerID, name: String, clock: RetailerClock) {
        self.id = id
        self.name = name
        self.clock = clock
    }
}
