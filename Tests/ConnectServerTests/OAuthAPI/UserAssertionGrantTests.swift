import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("Token endpoint, user assertion grants")
struct UserAssertionGrantTests {
    @Test(
        "a Connect user's token has the user-level scope and no access to fulfillment",
        arguments: [
            ("fulfillment_user_assertion", "connect:post_checkout"),
            ("fulfillment_user_assertion", "connect:recommendations"),
            ("urn:ietf:params:oauth:grant-type:retailer-json-bearer", "connect:recommendations"),
        ]
    )
    func success(grantType: String, scope: String) async throws {
        let state = """
            applications:
              - client_id: demo-client
                client_secret: demo-secret
                scopes: ["connect:fulfillment", "connect:post_checkout", "connect:recommendations"]
                redirect_uris: []
            connect_users: [{user_id: johnsmith6000}]
            """
        try await withSandbox(state: state) { sandbox in
            let reply = try await sandbox.token([
                "grant_type": .string(grantType), "assertion": .string(base64(#"{"user_id": "johnsmith6000"}"#)),
                "scope": .string(scope),
            ])
            #expect(reply.status == 200)
            #expect(reply.json["scope"] == .string(scope))
            #expect(reply.json["refresh_token"] == nil)
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: reply.string("access_token"))
            #expect(status.outcome == "any.insufficient_scope")
        }
    }

    @Test("the documentation's own sample, whose value lacks its quotes, is read")
    func documentedSample() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: sandbox.fulfillmentToken(),
                json: ["user_id": "kamalsingh1234", "first_name": "Kamal"]
            )
            let reply = try await sandbox.token([
                "grant_type": "fulfillment_user_assertion", "assertion": "eyAidXNlcl9pZCI6IGthbWFsc2luZ2gxMjM0fQ==",
                "scope": "connect:post_checkout",
            ])
            #expect(reply.status == 200)
        }
    }

    @Test(
        "an assertion that is missing, unreadable or names no active user is refused",
        arguments: [
            nil, "", "not base64!", .string(base64("user")), .string(base64("[]")), .string(base64("{}")),
            .string(base64(#"{"user_id": ""}"#)), .string(base64(#"{"user_id": "nobody"}"#)),
            .string(base64(#"{"user_id": "not-active"}"#)),
        ] as [JSONValue]
    )
    func refused(assertion: JSONValue) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.token(["grant_type": "fulfillment_user_assertion", "assertion": assertion])
            #expect(reply.status == 400)
            #expect(reply.outcome == "generate_access_token.invalid_grant_assertion")
            #expect(
                reply.json == [
                    "error": "invalid_grant",
                    "error_description": "Assertion is not provided or invalid assertion provided for the grant_type.",
                ]
            )
        }
    }
}

private func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString()
}
