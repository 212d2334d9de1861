import HTTPTypes
import TestSupport
import Testing

@Suite("The account-linking loop")
struct LinkingLoopTests {
    @Test("a retailer's backend links a customer who is new to Connect, as the how-to page describes")
    func wholeLoop() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let created = try await sandbox.send(
                .post,
                "/v2/fulfillment_sandbox/instacart_users",
                bearer: bearer,
                json: [
                    "email": "new@example.com", "phone": "8005550199", "password": "secret",
                    "instacartplus_member": true,
                ]
            )
            #expect(created.json == ["id": 5])

            let code = try await sandbox.code(instacartUser: 5)
            let exchange = try await sandbox.redeem(code)
            #expect(exchange.status == 200)
            #expect(exchange.json["scope"] == "account_linking")
            #expect(exchange.json["token_type"] == "Bearer")
            #expect(exchange.json["expires_in"] == 86_400)
            #expect(exchange.json["created_at"] == 1_767_225_600)
            let linkingToken = JSONValue.string(try exchange.string("access_token"))

            let tooEarly = try await sandbox.link("customer-7", linkingToken, bearer: bearer)
            #expect(tooEarly.status == 400)
            #expect(tooEarly.json["error"]?["message"] == "User Not Found")

            let user = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                json: ["user_id": "customer-7", "first_name": "Ann"]
            )
            #expect(user.json == ["user_id": "customer-7", "first_name": "Ann"])

            let linked = try await sandbox.link("customer-7", linkingToken, bearer: bearer)
            #expect(linked.status == 200)
            #expect(linked.json == ["success": true])

            let status = try await sandbox.linkStatus("customer-7", bearer: bearer)
            #expect(
                status.json
                    == ["express_member": true, "instacartplus_member": true, "expired_at": "2027-01-01T00:00:00Z"]
            )
            #expect(status.outcome == "get_user_link.success")
        }
    }
}
