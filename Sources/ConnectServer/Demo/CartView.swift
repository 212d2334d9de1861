/// The cart with its delivery fee, which a membership takes away.
struct CartView: Sendable {
    struct Line: Sendable {
        let lineName: String
        let quantity: Int
        let lineTotal: String
    }

    let lines: [Line]
    let subtotal: String
    let regularFee: String
    let total: String
    let isMember: Bool
    /// Linked, without a membership: the offer is another one.
    let isLinkedNonmember: Bool
    let isOfferedLinking: Bool
    let isMembershipUnknown: Bool

    init(_ membership: MembershipStatus?) {
        lines = Storefront.inCart.map { product in
            Line(
                lineName: product.name,
                quantity: product.quantityInCart,
                lineTotal: Storefront.dollars(product.cents * product.quantityInCart)
            )
        }
        isMember = membership?.isActive == true
        isLinkedNonmember = membership == .inactive
        isMembershipUnknown = membership == .unknown
        isOfferedLinking = !isMember && !isLinkedNonmember && !isMembershipUnknown
        subtotal = Storefront.dollars(Storefront.subtotal)
        regularFee = Storefront.dollars(Storefront.deliveryFee)
        total = Storefront.dollars(Storefront.subtotal + (isMember ? 0 : Storefront.deliveryFee))
    }
}
