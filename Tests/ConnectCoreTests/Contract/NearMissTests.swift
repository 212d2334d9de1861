import ConnectCore
import Testing

@Suite("Near misses")
struct NearMissTests {
    private static let token = "POST /v2/oauth/token"
    private static let revoke = "POST /v2/oauth/token/revoke"
    private static let createUser = "POST /v2/fulfillment/users"
    private static let deletion = "POST /v2/fulfillment/users/{user_id}/privacy_request"
    private static let link = "POST /v2/fulfillment/users/{user_id}/link"
    private static let getLink = "GET /v2/fulfillment/users/{user_id}/link"
    private static let createInstacartUser = "POST /v2/fulfillment_sandbox/instacart_users"
    private static let authorizeUser = "POST /v2/fulfillment_sandbox/instacart_users/{user_id}/authorize"
    private static let authorize = "GET /oauth/authorize"

    private let nearMiss = NearMiss(authorizePath: "/oauth/authorize")

    private static let misses: [(String, String)] = [
        // Another method.
        ("GET /v2/oauth/token", token),
        ("PUT /v2/fulfillment/users", createUser),
        ("GET /v2/fulfillment/users", createUser),
        ("DELETE /v2/fulfillment/users/s3cret/link", link),
        ("PUT /v2/fulfillment/users/s3cret/link", link),
        ("HEAD /v2/fulfillment/users/s3cret/link", getLink),
        ("GET /v2/fulfillment_sandbox/instacart_users/s3cret/authorize", authorizeUser),
        ("PUT /oauth/authorize", authorize),
        // Slashes.
        ("POST /v2/oauth/token/", token),
        ("POST /v2//oauth/token", token),
        ("POST //v2/fulfillment/users", createUser),
        ("GET /v2/fulfillment/users/s3cret/link/", getLink),
        // The version.
        ("POST /oauth/token", token),
        ("POST /oauth/token/revoke", revoke),
        ("POST /fulfillment/users", createUser),
        ("POST /v1/oauth/token", token),
        ("POST /v3/fulfillment/users", createUser),
        ("POST /v2/v2/oauth/token", token),
        ("GET /v2/oauth/authorize", authorize),
        // The singular, hyphens, case.
        ("POST /v2/fulfillment/user", createUser),
        ("GET /v2/fulfillment/user/s3cret/link", getLink),
        ("POST /v2/fulfillment_sandbox/instacart_user", createInstacartUser),
        ("POST /v2/fulfillment_sandbox/instacart_user/s3cret/authorize", authorizeUser),
        ("POST /v2/oauth/tokens", token),
        ("POST /v2/fulfillment/users/s3cret/privacy-request", deletion),
        ("POST /v2/fulfillment/users/s3cret/privacyRequest", deletion),
        ("POST /v2/fulfillment-sandbox/instacartUsers", createInstacartUser),
        ("POST /v2/fulfillment/Users", createUser),
        ("POST /V2/OAuth/Token", token),
        // Names of endpoints and pages.
        ("POST /v2/oauth/revoke_access_token", revoke),
        ("POST /v2/oauth/generate_access_token", token),
        ("POST /connect/api/oauth/revoke_access_token", revoke),
        ("POST /v2/fulfillment/users/generate_linking_token", token),
        ("POST /v2/fulfillment/users/create_user", createUser),
        ("POST /v2/fulfillment/users/s3cret/create_user_deletion_request", deletion),
        ("GET /v2/fulfillment/users/s3cret/get_user_link", getLink),
        ("POST /v2/fulfillment/users/s3cret/link_user", link),
        ("POST /v2/fulfillment_sandbox/create_instacart_user", createInstacartUser),
        ("POST /v2/fulfillment_sandbox/instacart_users/s3cret/authorize_instacart_user", authorizeUser),
        ("POST /v2/oauth/access_token", token),
        // Too few, too many and other segments.
        ("POST /v2/oauth/revoke", revoke),
        ("POST /oauth/revoke", revoke),
        ("POST /v2/oauth/revoke_token", revoke),
        ("POST /token", token),
        ("POST /users", createUser),
        ("POST /v2/users", createUser),
        ("GET /v2/fulfillment/users/s3cret", getLink),
        ("GET /v2/users/s3cret/link", getLink),
        ("GET /v2/fulfillment/users/link", getLink),
        ("POST /v2/fulfillment/users/link", link),
        ("POST /v2/fulfillment/users/privacy_request", deletion),
        ("POST /v2/fulfillment_sandbox/instacart_users/authorize", authorizeUser),
        ("POST /v2/sandbox/instacart_users", createInstacartUser),
        ("POST /v2/sandbox/instacart_users/s3cret/authorize", authorizeUser),
        ("POST /v2/fulfillment/sandbox/instacart_users", createInstacartUser),
        ("POST /v2/instacart_users", createInstacartUser),
        ("POST /api/v2/oauth/token", token),
        ("GET /authorize", authorize),
        ("GET /oauth2/authorize", authorize),
        // Typing mistakes.
        ("POST /v2/fulfilment/users", createUser),
        ("POST /v2/ouath/tokne", token),
        ("POST /v2/oauth/token/revok", revoke),
        ("GET /v2/fulfillment/users/s3cret/lnik", getLink),
        ("POST /v2/fulfillment_sandbox/instacart_users/s3cret/authorise", authorizeUser),
        // Two that are equally close.
        ("POST /v2/fulfillment/users/s3cret", "\(deletion) or \(link)"),
        ("DELETE /v2/fulfillment/users/s3cret", "\(deletion) or \(link)"),
        ("POST /v2/fulfillment/instacart_users", "\(createUser) or \(createInstacartUser)"),
    ]

    @Test("the closest endpoint is named, its parameters in braces", arguments: misses)
    func close(request: String, expected: String) throws {
        let (method, path) = try Self.parts(of: request)
        let routes = nearMiss.routes(closestTo: method, path).map(\.description)
        #expect(routes.joined(separator: " or ") == expected)
        let reason = nearMiss.reason(method: method, path: path).description
        #expect(reason.hasSuffix("; did you mean \(expected)?"))
        #expect(!reason.contains("s3cret"))
    }

    @Test(
        "nothing is named that is not close",
        arguments: [
            "GET /", "POST /v2", "POST /v2/", "GET /favicon.ico", "GET /v2/stores", "GET /v2/fulfillment/nonsense",
            "POST /v2/fulfillment/users/5/addresses", "POST /v2/fulfillment/users/5/unlink",
            "GET /v2/fulfillment/users/5/orders/delivery", "POST /v2/oauth/token/introspect", "GET /health",
            "GET /v2/fulfillment/users/a/b/link", "GET /%/%20/..", "POST /v2/____/----",
        ]
    )
    func distant(request: String) throws {
        let (method, path) = try Self.parts(of: request)
        #expect(nearMiss.routes(closestTo: method, path) == [])
    }

    @Test("the reason says what is wrong with the path")
    func reasons() {
        func reason(_ method: String, _ path: String) -> String {
            nearMiss.reason(method: method, path: path).description
        }
        #expect(reason("GET", "/v2/nonsense") == "No endpoint has this path and method.")
        #expect(reason("GET", "/v2/nonsense/") == "No endpoint's path ends in a slash or doubles one.")
        #expect(
            reason("POST", "/v2/oauth/revoke_access_token")
                == "No endpoint has this path and method; did you mean POST /v2/oauth/token/revoke?"
        )
        #expect(
            reason("POST", "/v2/oauth/token/")
                == "No endpoint's path ends in a slash or doubles one; did you mean POST /v2/oauth/token?"
        )
    }

    @Test("every endpoint is recognised without its version, with a slash behind, and by another method")
    func everyEndpoint() throws {
        for endpoint in Endpoint.allCases {
            let route = Route(method: endpoint.method, path: endpoint.path)
            let path = endpoint.path.replacing("{user_id}", with: "johnsmith6000")
            #expect(nearMiss.routes(closestTo: route.method, "\(path)/") == [route])
            #expect(nearMiss.routes(closestTo: route.method, path.uppercased()) == [route])
            #expect(nearMiss.routes(closestTo: route.method, String(path.trimmingPrefix("/v2"))) == [route])
            #expect(nearMiss.routes(closestTo: "TRACE", path).isEmpty == false)
        }
    }

    @Test("the authorization URL is the one that a setting names, also for who goes by the default one")
    func authorizePath() {
        let nearMiss = NearMiss(authorizePath: "/shop/consent")
        let route = Route(method: "GET", path: "/shop/consent")
        #expect(nearMiss.routes(closestTo: "GET", "/oauth/authorize") == [route])
        #expect(nearMiss.routes(closestTo: "GET", "/v2/oauth/authorize") == [route])
        #expect(nearMiss.routes(closestTo: "GET", "/shop/consent/") == [route])
        #expect(nearMiss.routes(closestTo: "GET", "/consent") == [route])
    }

    @Test("other routes than the endpoints are named too, unless more than two are equally close")
    func otherRoutes() {
        let info = Route(method: "GET", path: "/_sandbox/info")
        let state = Route(method: "GET", path: "/_sandbox/state")
        let clock = Route(method: "PATCH", path: "/_sandbox/retailers/{retailer}/clock")
        let contract = Route(method: "GET", path: "/_sandbox/contract")
        let nearMiss = NearMiss(authorizePath: "/oauth/authorize", routes: [info, state, clock, contract])
        #expect(nearMiss.routes(closestTo: "GET", "/info") == [info])
        #expect(nearMiss.routes(closestTo: "POST", "/_sandbox/info") == [info])
        #expect(nearMiss.routes(closestTo: "PUT", "/_sandbox/retailer/demo/clock") == [clock])
        #expect(nearMiss.routes(closestTo: "PATCH", "/_sandbox/clock") == [clock])
        #expect(nearMiss.routes(closestTo: "GET", "/_sandbox") == [])
    }

    @Test("a path of any length is answered at once", .timeLimit(.minutes(10)))
    func long() {
        let segment = String(repeating: "token", count: 20_000)
        #expect(nearMiss.routes(closestTo: "POST", "/v2/oauth/\(segment)") == [])
        #expect(nearMiss.routes(closestTo: "POST", String(repeating: "/token", count: 20_000)) == [])
        #expect(nearMiss.routes(closestTo: "POST", String(repeating: "/", count: 100_000)) == [])
    }

    private static func parts(of request: String) throws -> (method: String, path: String) {
        let parts = request.split(separator: " ").map(String.init)
        return (try #require(parts.first), try #require(parts.last))
    }
}
