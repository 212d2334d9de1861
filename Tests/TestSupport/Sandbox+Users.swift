import Foundation
import HTTPTypes

/// The users that a retailer's backend makes, and the tokens that stand for them.
extension Sandbox {
    package func createUser(_ userID: String, firstName: String = "Ann", bearer: String) async throws -> Reply {
        try await send(
            .post,
            "/v2/fulfillment/users",
            bearer: bearer,
            json: ["user_id": .string(userID), "first_name": .string(firstName)]
        )
    }

    package func createInstacartUser(
        _ email: String,
        isMember: Bool = false,
        bearer: String
    ) async throws -> Reply {
        try await send(
            .post,
            "/v2/fulfillment_sandbox/instacart_users",
            bearer: bearer,
            json: [
                "email": .string(email), "phone": "8005550199", "password": "password",
                "instacartplus_member": .bool(isMember),
            ]
        )
    }

    /// The token of a Connect user; it is alive as long as a fulfillment endpoint names the scope that it lacks.
    package func userToken(_ userID: String, of application: TestApplication = .demo) async throws -> String {
        try await token(
            [
                "grant_type": "fulfillment_user_assertion", "scope": "connect:post_checkout",
                "assertion": .string(Data(#"{"user_id":"\#(userID)"}"#.utf8).base64EncodedString()),
            ],
            of: application
        ).string("access_token")
    }
}
