import ConnectCore
import Testing

@Suite("Endpoints")
struct EndpointTests {
    struct Row: Sendable {
        let endpoint: Endpoint
        let name: String
        let method: String
        let path: String
        let family: APIFamily
    }

    static let rows: [Row] = [
        Row(
            endpoint: .generateAccessToken,
            name: "generate_access_token",
            method: "POST",
            path: "/v2/oauth/token",
            family: .oauth
        ),
        Row(
            endpoint: .revokeAccessToken,
            name: "revoke_access_token",
            method: "POST",
            path: "/v2/oauth/token/revoke",
            family: .oauth
        ),
        Row(
            endpoint: .createUser,
            name: "create_user",
            method: "POST",
            path: "/v2/fulfillment/users",
            family: .connect
        ),
        Row(
            endpoint: .createUserDeletionRequest,
            name: "create_user_deletion_request",
            method: "POST",
            path: "/v2/fulfillment/users/{user_id}/privacy_request",
            family: .connect
        ),
        Row(
            endpoint: .linkUser,
            name: "link_user",
            method: "POST",
            path: "/v2/fulfillment/users/{user_id}/link",
            family: .connect
        ),
        Row(
            endpoint: .getUserLink,
            name: "get_user_link",
            method: "GET",
            path: "/v2/fulfillment/users/{user_id}/link",
            family: .connect
        ),
        Row(
            endpoint: .createInstacartUser,
            name: "create_instacart_user",
            method: "POST",
            path: "/v2/fulfillment_sandbox/instacart_users",
            family: .connect
        ),
        Row(
            endpoint: .authorizeInstacartUser,
            name: "authorize_instacart_user",
            method: "POST",
            path: "/v2/fulfillment_sandbox/instacart_users/{user_id}/authorize",
            family: .connect
        ),
        Row(endpoint: .authorize, name: "authorize", method: "GET", path: "/oauth/authorize", family: .browser),
    ]

    @Test("an endpoint has the name of its page, a method, a path and a family", arguments: Self.rows)
    func row(_ row: Row) {
        #expect(row.endpoint.name == row.name)
        #expect(row.endpoint.method == row.method)
        #expect(row.endpoint.path == row.path)
        #expect(row.endpoint.family == row.family)
    }

    @Test("the table has every endpoint once")
    func complete() {
        #expect(Self.rows.map(\.endpoint) == Endpoint.allCases)
    }

    @Test(
        "its page is one of the Connect API's, and ends with its name",
        arguments: Endpoint.allCases.filter { $0 != .authorize }
    )
    func page(_ endpoint: Endpoint) {
        #expect(endpoint.page.hasPrefix("/connect/api/"))
        #expect(endpoint == .generateAccessToken || endpoint.page.hasSuffix("/" + endpoint.name))
    }
}
