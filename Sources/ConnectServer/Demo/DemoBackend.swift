import ConnectCore
import Foundation
import HTTPTypes

/// The retailer's backend: what it asks Instacart Connect, call by call, while it answers one page.
///
/// Source: /connect/fulfillment_guide/how_to/link_an_instacart_account.
struct DemoBackend {
    let application: ConnectCore.Application
    let client: InProcessClient
    let tokens: FulfillmentTokens
    let context: SandboxContext
    /// Those made so far.
    private(set) var calls: [APICall] = []

    init(
        application: ConnectCore.Application,
        client: InProcessClient,
        tokens: FulfillmentTokens,
        context: SandboxContext
    ) {
        self.application = application
        self.client = client
        self.tokens = tokens
        self.context = context
    }

    /// Asks whether a customer is linked, and a member.
    ///
    /// - Parameter customer: The customer.
    /// - Returns: What the answer comes to.
    /// - Throws: ``DemoProblem/credentialsRefused(clientID:outcome:)``.
    mutating func membership(of customer: DemoCustomer) async throws -> MembershipStatus {
        MembershipStatus(try await authorized(.get, linkPath(customer)))
    }

    /// Exchanges the code for a linking token and links the customer's accounts with it.
    ///
    /// One whom Connect does not know is made a Connect user first.
    ///
    /// - Parameters:
    ///   - customer: The customer.
    ///   - code: What Instacart sent the customer back with.
    ///   - redirectURI: Where to.
    /// - Returns: How it ended.
    /// - Throws: ``DemoProblem/credentialsRefused(clientID:outcome:)``.
    mutating func link(_ customer: DemoCustomer, code: String, redirectURI: String) async throws -> LinkingResult {
        let exchange = try await send(
            .post,
            "/v2/oauth/token",
            fields: [
                "grant_type": "authorization_code",
                "client_id": application.clientID.rawValue,
                "client_secret": application.clientSecret.rawValue,
                "code": code,
                "redirect_uri": redirectURI,
            ]
        )
        guard let linkingToken = exchange.decoded(TokenBody.self)?.accessToken else {
            return exchange.status == 400 || exchange.status == 401 ? .codeRefused : .notCompleted
        }
        let fields = ["linking_token": linkingToken]
        let answer = try await authorized(.post, linkPath(customer), fields: fields)
        guard answer.status == 400, answer.errorMessage == "User Not Found" else { return LinkingResult(answer) }
        guard try await create(customer).status == 200 else { return .notCompleted }
        return LinkingResult(try await authorized(.post, linkPath(customer), fields: fields))
    }

    private mutating func create(_ customer: DemoCustomer) async throws -> APIAnswer {
        try await authorized(
            .post,
            "/v2/fulfillment/users",
            fields: [
                "user_id": customer.userID,
                "first_name": customer.firstName,
                "last_name": customer.lastName,
            ]
        )
    }
}

extension DemoBackend {
    /// Sends a call with the fulfillment token; a 401 says that it is time for another one.
    private mutating func authorized(
        _ method: HTTPRequest.Method,
        _ path: String,
        fields: [String: String]? = nil
    ) async throws -> APIAnswer {
        guard let token = try await fulfillmentToken() else { return .none }
        let answer = try await send(method, path, token: token, fields: fields)
        guard answer.status == 401 else { return answer }
        tokens[application.clientID] = nil
        guard let token = try await fulfillmentToken() else { return .none }
        return try await send(method, path, token: token, fields: fields)
    }

    private mutating func fulfillmentToken() async throws -> String? {
        if let token = tokens[application.clientID] { return token }
        let answer = try await send(
            .post,
            "/v2/oauth/token",
            fields: [
                "grant_type": "client_credentials",
                "client_id": application.clientID.rawValue,
                "client_secret": application.clientSecret.rawValue,
                "scope": Scope.fulfillment.rawValue,
            ]
        )
        if let status = answer.status, (400...403).contains(status) {
            throw DemoProblem.credentialsRefused(
                clientID: application.clientID.rawValue,
                outcome: calls.last?.outcome ?? ""
            )
        }
        let token = answer.decoded(TokenBody.self)?.accessToken
        tokens[application.clientID] = token
        return token
    }

    private mutating func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        fields: [String: String]? = nil
    ) async throws -> APIAnswer {
        try await client.send(method, path, token: token, fields: fields, context: context, recording: &calls)
    }

    private func linkPath(_ customer: DemoCustomer) -> String {
        "/v2/fulfillment/users/\(customer.userID.percentEncoded)/link"
    }

    private struct TokenBody: Decodable {
        let accessToken: String

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
        }
    }
}
