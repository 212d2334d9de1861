/// The checkout, up to the point where an order would be placed.
struct CheckoutPage: Sendable {
    let frame: DemoFrame
    let cart: CartView
    let isWelcome: Bool
    let greeting: String

    init(frame: DemoFrame, customer: DemoCustomer?, membership: MembershipStatus?) {
        self.frame = frame
        cart = CartView(membership)
        isWelcome = customer != nil
        greeting = customer?.firstName ?? ""
    }
}
