import HTTPTypes
import TestSupport
import Testing

@Suite("Bearer tokens")
struct BearerTests {
    private func error(_ description: String) -> JSONValue {
        ["error": ["message": .string(description), "code": nil], "meta": [:]]
    }

    @Test(
        "a request without a usable bearer token is refused",
        arguments: [
            ([:], "any.missing_token"), (["Authorization": "Bearer "], "any.missing_token"),
            (["Authorization": "Basic ZGVtby1jbGllbnQ6ZGVtby1zZWNyZXQ="], "any.missing_token"),
            (["Authorization": "Bearer unknown"], "any.invalid_token"),
        ]
    )
    func refused(headers: [String: String], outcome: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(.get, "/v2/fulfillment/users/johnsmith6000/link", headers: headers)
            #expect(reply.status == 401)
            #expect(reply.outcome == outcome)
            #expect(reply.json == error("The access token is invalid"))
            #expect(
                reply.header("WWW-Authenticate")
                    == #"Bearer realm="Connect", error="invalid_token", error_description="The access token is invalid""#
            )
        }
    }

    @Test("the scheme is read without case")
    func scheme() async throws {
        try await withSandbox { sandbox in
            let token = try await sandbox.fulfillmentToken()
            for scheme in ["bearer", "BEARER"] {
                let reply = try await sandbox.send(
                    .get,
                    "/v2/fulfillment/users/linked-inactive/link",
                    headers: ["Authorization": "\(scheme) \(token)"]
                )
                #expect(reply.status == 200)
            }
        }
    }

    @Test("a token is good for 86,399 seconds and expired after 86,400")
    func expiry() async throws {
        try await withSandbox { sandbox in
            let token = try await sandbox.fulfillmentToken()
            sandbox.environment.advance(seconds: 86_399)
            #expect(try await sandbox.linkStatus("linked-inactive", bearer: token).status == 200)
            sandbox.environment.advance(seconds: 1)
            let reply = try await sandbox.linkStatus("linked-inactive", bearer: token)
            #expect(reply.status == 401)
            #expect(reply.outcome == "any.expired_token")
            #expect(reply.json == error("The access token expired"))
        }
    }

    @Test("a linking token does not open the fulfillment endpoints")
    func linkingToken() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.linkStatus("johnsmith6000", bearer: sandbox.linkingToken())
            #expect(reply.status == 403)
            #expect(reply.outcome == "any.insufficient_scope")
            #expect(
                reply.json == error(#"Access to this resource requires scope "connect:fulfillment"."#)
            )
            #expect(
                reply.header("WWW-Authenticate") == #"""
                    Bearer realm="Connect", error="insufficient_scope", \#
                    error_description="Access to this resource requires scope \"connect:fulfillment\"."
                    """#
            )
        }
    }

    @Test(
        "the token is checked before the body and before the path's user",
        arguments: [
            "/v2/fulfillment/users", "/v2/fulfillment/users/nobody/link",
            "/v2/fulfillment/users/nobody/privacy_request",
            "/v2/fulfillment_sandbox/instacart_users", "/v2/fulfillment_sandbox/instacart_users/99/authorize",
        ]
    )
    func first(path: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.send(
                .post,
                path,
                headers: ["Content-Type": "application/json"],
                text: "{garbage"
            )
            #expect(reply.outcome == "any.missing_token")
        }
    }

    @Test("a retailer's token shows it nothing of another retailer")
    func isolation() async throws {
        try await withSandbox(state: twoRetailers) { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let reply = try await sandbox.linkStatus("only-other", bearer: bearer)
            #expect(reply.outcome == "get_user_link.user_not_found")
            let linkingToken = try await sandbox.linkingToken(instacartUser: 1, of: other)
            let link = try await sandbox.link("johnsmith6000", .string(linkingToken), bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_other_retailer")
            #expect(link.json["error"]?["message"] == "Linking token is invalid")
        }
    }
}
