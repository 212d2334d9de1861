/// What Demo Grocer sells, and what is in the cart: the same for everybody.
enum Storefront {
    struct Product: Sendable {
        let name: String
        let unit: String
        let cents: Int
        /// The symbol of `demo-pictures.mustache` that shows it.
        let picture: String
        let quantityInCart: Int
    }

    static let products = [
        Product(name: "Bananas", unit: "1 bunch", cents: 189, picture: "bananas", quantityInCart: 0),
        Product(name: "Vine tomatoes", unit: "1 lb", cents: 349, picture: "tomatoes", quantityInCart: 2),
        Product(name: "Sourdough loaf", unit: "24 oz", cents: 525, picture: "bread", quantityInCart: 1),
        Product(name: "Whole milk", unit: "½ gallon", cents: 399, picture: "milk", quantityInCart: 0),
        Product(name: "Free-range eggs", unit: "12 count", cents: 479, picture: "eggs", quantityInCart: 1),
        Product(name: "Avocados", unit: "bag of 4", cents: 459, picture: "avocados", quantityInCart: 1),
    ]

    static let deliveryFee = 399

    static var inCart: [Product] { products.filter { $0.quantityInCart > 0 } }
    static var subtotal: Int { inCart.map { $0.cents * $0.quantityInCart }.reduce(0, +) }

    /// `$3.99`.
    static func dollars(_ cents: Int) -> String {
        let rest = cents % 100
        return "$\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
