/// The storefront's home.
struct StorePage: Sendable {
    struct Product: Sendable {
        let productName: String
        let unit: String
        let price: String
        let picture: String
        let isInCart: Bool
    }

    let frame: DemoFrame
    let products: [Product]
    let cart: CartView

    init(frame: DemoFrame, membership: MembershipStatus?) {
        self.frame = frame
        products = Storefront.products.map { product in
            Product(
                productName: product.name,
                unit: product.unit,
                price: Storefront.dollars(product.cents),
                picture: product.picture,
                isInCart: product.quantityInCart > 0
            )
        }
        cart = CartView(membership)
    }
}
