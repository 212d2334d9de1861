import ConnectCore
import Foundation
import HTTPTypes
import TestSupport

/// A request that an endpoint of the demo state answers with success, ready to be sent.
struct EndpointRequest: Sendable {
    let method: HTTPRequest.Method
    let path: String
    var bearer: String?
    var json: JSONValue?

    /// Gets what the request needs; it may send others for that.
    static func ready(
        _ endpoint: Endpoint,
        in sandbox: Sandbox,
        of client: TestApplication = .demo
    ) async throws -> EndpointRequest {
        let credentials: [String: JSONValue] = [
            "client_id": .string(client.clientID), "client_secret": .string(client.clientSecret),
        ]
        func post(_ path: String, _ json: JSONValue? = nil) async throws -> EndpointRequest {
            EndpointRequest(
                method: .post,
                path: path,
                bearer: try await sandbox.fulfillmentToken(of: client),
                json: json
            )
        }
        switch endpoint {
        case .generateAccessToken:
            let grant: [String: JSONValue] = ["grant_type": "client_credentials", "scope": "connect:fulfillment"]
            return EndpointRequest(
                method: .post,
                path: endpoint.path,
                json: .object(credentials.merging(grant) { $1 })
            )
        case .revokeAccessToken:
            let token: [String: JSONValue] = ["token": .string(try await sandbox.fulfillmentToken(of: client))]
            return EndpointRequest(
                method: .post,
                path: endpoint.path,
                json: .object(credentials.merging(token) { $1 })
            )
        case .createUser:
            return try await post(endpoint.path, ["user_id": "new-customer", "first_name": "Ann"])
        case .createUserDeletionRequest:
            return try await post("/v2/fulfillment/users/johnsmith6000/privacy_request")
        case .linkUser:
            let token = JSONValue.string(try await sandbox.linkingToken(of: client))
            return try await post("/v2/fulfillment/users/johnsmith6000/link", ["linking_token": token])
        case .getUserLink:
            return EndpointRequest(
                method: .get,
                path: "/v2/fulfillment/users/linked-inactive/link",
                bearer: try await sandbox.fulfillmentToken(of: client)
            )
        case .createInstacartUser:
            return try await post(
                endpoint.path,
                ["email": "new@example.com", "phone": "8005550199", "password": "password"]
            )
        case .authorizeInstacartUser:
            return try await post(
                "/v2/fulfillment_sandbox/instacart_users/3/authorize",
                ["redirect_uri": .string(client.redirectURI), "scope": "account_linking"]
            )
        case .authorize:
            let script = "&sandbox_user=member@example.com&sandbox_decision=allow"
            return EndpointRequest(method: .get, path: Visitor.path(to: client) + script)
        }
    }
}

extension Sandbox {
    func send(_ request: EndpointRequest, headers: [String: String] = [:]) async throws -> Reply {
        try await send(request.method, request.path, bearer: request.bearer, headers: headers, json: request.json)
    }

    /// Sends it over a socket of its own.
    func connect(_ request: EndpointRequest, headers: [(String, String)] = []) async throws -> RawEnding {
        var headers = headers
        if let bearer = request.bearer { headers.append(("Authorization", "Bearer \(bearer)")) }
        let body = try request.json.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return try await rawConnection(
            rawRequest(request.method.rawValue, request.path, headers: headers, body: body),
            port: port
        )
    }
}
