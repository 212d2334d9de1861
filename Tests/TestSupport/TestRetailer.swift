/// A retailer of its own, as a test suite makes one.
package struct TestRetailer: Sendable {
    package let id: String
    package let application: TestApplication
    package let authorizationURL: String

    /// Path and query of the authorization URL: what is sent to a sandbox under test.
    package var authorizationPath: String {
        let authority = authorizationURL.trimmingPrefix("http://localhost")
        return String(authority.drop { $0 != "/" })
    }
}
