/// The addresses of the storefront.
enum DemoURL {
    static let store = "/demo"
    static let profile = "/demo/account/profile"
    static let checkout = "/demo/checkout"
    static let signIn = "/demo/sign-in"
}
