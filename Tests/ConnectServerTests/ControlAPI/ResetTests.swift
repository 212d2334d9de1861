import ConnectCore
import HTTPTypes
import TestSupport
import Testing

@Suite("A reset")
struct ResetTests {
    private static let document = """
        id: shop
        name: Shop
        clock: {now: 2026-06-01T00:00:00Z, frozen: true}
        applications:
          - client_id: shop-client
            client_secret: shop-secret
            redirect_uris: [https://example.org/account/profile]
          - client_id: second-client
            client_secret: second-secret
            redirect_uris: []
        instacart_users:
          - {id: 1, email: one@example.com, instacartplus_member: true, expires_in: P30D}
          - {id: 2, email: two@example.com}
        connect_users:
          - {user_id: ann, first_name: Ann, linked_to: 1}
          - {user_id: ben, first_name: Ben}
        """
    private static let shop = TestApplication(clientID: "shop-client", clientSecret: "shop-secret")

    @Test("brings back the document that the retailer was created from, clock and all, to the byte")
    func everything() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let before = try await sandbox.state(of: "shop")
            try await Self.change(sandbox)
            let changed = try await sandbox.state(of: "shop")
            #expect(changed != before)
            let reply = try await sandbox.control(.post, "/retailers/shop/reset")
            #expect(reply.status == 200)
            #expect(
                reply.json == [
                    "id": "shop", "name": "Shop", "applications": ["shop-client", "second-client"],
                    "clock": ["now": "2026-06-01T00:00:00Z", "frozen": true],
                    "connect_users": 2, "instacart_users": 2, "links": 1,
                ]
            )
            let after = try await sandbox.state(of: "shop")
            #expect(after.isIdentical(to: before))
            let bearer = try await sandbox.fulfillmentToken(of: Self.shop)
            let next = try await sandbox.createInstacartUser("three@example.com", bearer: bearer)
            #expect(next.json == ["id": 3])
        }
    }

    @Test("counts memberships from the moment of the reset")
    func memberships() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(
                "{id: shop, instacart_users: [{id: 1, instacartplus_member: true, expires_in: P30D}]}"
            )
            sandbox.environment.advance(seconds: 10 * 86_400)
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            let user = try await sandbox.control(.get, "/retailers/shop/instacart_users/1")
            #expect(user.json["expired_at"] == "2026-02-10T00:00:00Z")
            let clock = try await sandbox.clock(of: "shop")
            #expect(clock == ["now": "2026-01-11T00:00:00Z", "frozen": false])
        }
    }

    @Test("leaves an application's own token alive, and ends every code, linking token and user token")
    func tokens() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let bearer = try await sandbox.fulfillmentToken(of: Self.shop)
            let code = try await sandbox.code(instacartUser: 2, of: Self.shop)
            let exchange = try await sandbox.redeem(
                sandbox.code(instacartUser: 2, of: Self.shop),
                of: Self.shop
            ).succeeded()
            let userToken = try await sandbox.userToken("ben", of: Self.shop)
            let alive = try await sandbox.linkStatus("ben", bearer: userToken)
            #expect(alive.outcome == "any.insufficient_scope")
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            let status = try await sandbox.linkStatus("ben", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let redeemed = try await sandbox.redeem(code, of: Self.shop)
            #expect(redeemed.outcome == "generate_access_token.invalid_grant")
            let linkingToken = JSONValue.string(try exchange.string("access_token"))
            let link = try await sandbox.link("ben", linkingToken, bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_invalid")
            let refreshed = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))],
                of: Self.shop
            )
            #expect(refreshed.outcome == "generate_access_token.invalid_grant_refresh_token")
            let user = try await sandbox.linkStatus("ben", bearer: userToken)
            #expect(user.outcome == "any.invalid_token")
        }
    }

    @Test("with ?tokens=revoke ends an application's own token too")
    func revocation() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            try await sandbox.control(.post, "/retailers/demo/reset?tokens=revoke").succeeded()
            let status = try await sandbox.linkStatus("johnsmith6000", bearer: bearer)
            #expect(status.status == 401)
            let fresh = try await sandbox.fulfillmentToken()
            let again = try await sandbox.linkStatus("johnsmith6000", bearer: fresh)
            #expect(again.outcome == "get_user_link.user_not_linked")
        }
    }

    @Test("brings applications back: deleted, disabled and rotated ones; one that was added goes with its token")
    func applications() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let bearer = try await sandbox.fulfillmentToken(of: Self.shop)
            let path = "/retailers/shop/applications"
            let added = try await sandbox.control(.post, path, json: ["redirect_uris": []]).succeeded()
            let addition = TestApplication(
                clientID: try added.string("client_id"),
                clientSecret: try added.string("client_secret")
            )
            let addedBearer = try await sandbox.fulfillmentToken(of: addition)
            try await sandbox.control(.delete, "\(path)/second-client").succeeded()
            try await sandbox.control(
                .patch,
                "\(path)/shop-client",
                json: ["enabled": false, "client_secret": nil, "scopes": [], "redirect_uris": []]
            ).succeeded()
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            _ = try await sandbox.code(instacartUser: 2, of: Self.shop)
            let second = TestApplication(clientID: "second-client", clientSecret: "second-secret")
            _ = try await sandbox.fulfillmentToken(of: second)
            let status = try await sandbox.linkStatus("ben", bearer: bearer)
            #expect(status.outcome == "get_user_link.user_not_linked")
            let gone = try await sandbox.linkStatus("ben", bearer: addedBearer)
            #expect(gone.outcome == "any.invalid_token")
        }
    }

    @Test("keeps the credentials that were made up at the creation")
    func madeUpCredentials() async throws {
        try await withSandbox { sandbox in
            let retailer = try await sandbox.createRetailer()
            let client = retailer.application.clientID
            try await sandbox.control(
                .patch,
                "/retailers/\(retailer.id)/applications/\(client)",
                json: ["client_secret": nil]
            ).succeeded()
            let rotated = try await sandbox.token(["grant_type": "client_credentials"], of: retailer.application)
            #expect(rotated.outcome == "generate_access_token.invalid_client")
            try await sandbox.control(.post, "/retailers/\(retailer.id)/reset").succeeded()
            let token = try await sandbox.token(["grant_type": "client_credentials"], of: retailer.application)
            #expect(token.outcome == "generate_access_token.success")
        }
    }

    @Test("goes back to the creation, not to a document that was put in between")
    func notThePutDocument() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.state()
            try await sandbox.putState("{name: Other, connect_users: [{user_id: x}]}").succeeded()
            try await sandbox.control(.post, "/retailers/demo/reset").succeeded()
            let after = try await sandbox.state()
            #expect(after.isIdentical(to: before))
        }
    }

    @Test("of one retailer leaves the others as they are; of everything resets all, in their order")
    func everyRetailer() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            let (demo, shop) = (try await sandbox.state(), try await sandbox.state(of: "shop"))
            let demoBearer = try await sandbox.fulfillmentToken()
            try await sandbox.createUser("new", bearer: demoBearer).succeeded()
            try await sandbox.control(.delete, "/retailers/shop/connect_users/ann").succeeded()
            try await sandbox.control(.post, "/retailers/shop/reset").succeeded()
            let untouched = try await sandbox.linkStatus("new", bearer: demoBearer)
            #expect(untouched.outcome == "get_user_link.user_not_linked")
            try await sandbox.control(.delete, "/retailers/shop/connect_users/ann").succeeded()
            let reply = try await sandbox.control(.post, "/reset")
            #expect(reply.status == 200)
            let ids = reply.json["retailers"]?.elements.map { $0["id"]?.string }
            #expect(ids == ["demo", "shop"])
            let (demoAfter, shopAfter) = (try await sandbox.state(), try await sandbox.state(of: "shop"))
            #expect(demoAfter == demo)
            #expect(shopAfter == shop)
            let alive = try await sandbox.linkStatus("johnsmith6000", bearer: demoBearer)
            #expect(alive.outcome == "get_user_link.user_not_linked")
            try await sandbox.control(.post, "/reset?tokens=revoke").succeeded()
            let dead = try await sandbox.linkStatus("johnsmith6000", bearer: demoBearer)
            #expect(dead.status == 401)
        }
    }

    @Test("is refused where another retailer has taken one of its client_ids since, and nothing changes")
    func takenClientID() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.createRetailer(Self.document)
            try await sandbox.control(.delete, "/retailers/shop/applications/second-client").succeeded()
            try await sandbox.control(
                .post,
                "/retailers/demo/applications",
                json: ["client_id": "second-client", "redirect_uris": []]
            ).succeeded()
            let before = try await sandbox.wholeState()
            let reply = try await sandbox.control(.post, "/retailers/shop/reset")
            #expect(reply.status == 409)
            #expect(reply.errorCode == "client_id_taken")
            let after = try await sandbox.wholeState()
            #expect(after == before)
            let everything = try await sandbox.control(.post, "/reset")
            #expect(everything.status == 200)
            let shop = try await sandbox.control(.get, "/retailers/shop")
            #expect(shop.json["applications"] == ["shop-client", "second-client"])
        }
    }

    private static func change(_ sandbox: Sandbox) async throws {
        let bearer = try await sandbox.fulfillmentToken(of: shop)
        try await sandbox.createUser("new", bearer: bearer).succeeded()
        try await sandbox.createInstacartUser("three@example.com", bearer: bearer).succeeded()
        try await sandbox.control(.delete, "/retailers/shop/connect_users/ann").succeeded()
        let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: 2, of: shop))
        try await sandbox.link("ben", token, bearer: bearer).succeeded()
        try await sandbox.control(
            .patch,
            "/retailers/shop/instacart_users/1",
            json: ["instacartplus_member": false]
        ).succeeded()
        try await sandbox.advance("shop", by: "P10D")
        try await sandbox.setClock(["frozen": false], of: "shop")
    }
}
