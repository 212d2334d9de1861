/// The variables that only commands read, as clients.
package enum ClientVariable: String, CaseIterable {
    case url = "CONNECT_SANDBOX_URL"
    case retailer = "CONNECT_SANDBOX_RETAILER"
}
