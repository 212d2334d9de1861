import HTTPTypes

/// An application of the demo state, or of another.
package struct TestApplication: Sendable {
    package let clientID: String
    package let clientSecret: String
    package var redirectURI = "https://example.org/account/profile"

    package static let demo = TestApplication(clientID: "demo-client", clientSecret: "demo-secret")

    package init(clientID: String, clientSecret: String) {
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}

/// What a retailer's backend does, step by step.
extension Sandbox {
    package func token(
        _ grant: [String: JSONValue],
        of application: TestApplication = .demo
    ) async throws -> Reply {
        let credentials: [String: JSONValue] = [
            "client_id": .string(application.clientID), "client_secret": .string(application.clientSecret),
        ]
        return try await send(
            .post,
            "/v2/oauth/token",
            json: .object(credentials.merging(grant) { _, given in given })
        )
    }

    package func fulfillmentToken(of application: TestApplication = .demo) async throws -> String {
        try await token(
            ["grant_type": "client_credentials", "scope": "connect:fulfillment"],
            of: application
        ).string("access_token")
    }

    /// Lets an Instacart user consent; 3 is the demo state's unlinked member.
    package func code(
        instacartUser: Int = 3,
        of application: TestApplication = .demo,
        adding fields: [String: JSONValue] = [:]
    ) async throws -> String {
        let body: [String: JSONValue] = [
            "redirect_uri": .string(application.redirectURI), "scope": "account_linking",
        ]
        return try await send(
            .post,
            "/v2/fulfillment_sandbox/instacart_users/\(instacartUser)/authorize",
            bearer: fulfillmentToken(of: application),
            json: .object(body.merging(fields) { _, given in given })
        ).string("code")
    }

    package func redeem(
        _ code: String,
        of application: TestApplication = .demo,
        adding fields: [String: JSONValue] = [:]
    ) async throws -> Reply {
        let grant: [String: JSONValue] = [
            "grant_type": "authorization_code", "code": .string(code), "redirect_uri": .string(application.redirectURI),
        ]
        return try await token(grant.merging(fields) { _, given in given }, of: application)
    }

    package func linkingToken(instacartUser: Int = 3, of application: TestApplication = .demo) async throws -> String {
        try await redeem(code(instacartUser: instacartUser, of: application), of: application).string("access_token")
    }

    package func link(_ userID: String, _ linkingToken: JSONValue, bearer: String) async throws -> Reply {
        try await send(
            .post,
            "/v2/fulfillment/users/\(userID)/link",
            bearer: bearer,
            json: ["linking_token": linkingToken]
        )
    }

    package func linkStatus(_ userID: String, bearer: String) async throws -> Reply {
        try await send(.get, "/v2/fulfillment/users/\(userID)/link", bearer: bearer)
    }
}
