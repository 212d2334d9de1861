import ConnectStorage
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// Each races 32 requests over sockets of their own, against a database on disk.
@Suite("Races")
struct RaceTests {
    @Test("of 32 redemptions of one code exactly one succeeds, and the replays revoke what it issued")
    func redemption() async throws {
        try await withRacingSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code()
            let replies = try await together { _ in try await sandbox.redeem(code) }
            let winners = replies.filter { $0.status == 200 }
            #expect(winners.count == 1)
            #expect(replies.count { $0.outcome == "generate_access_token.invalid_grant_replayed" } == 31)
            let token = try #require(winners.first).string("access_token")
            let link = try await sandbox.link("johnsmith6000", .string(token), bearer: bearer)
            #expect(link.outcome == "link_user.linking_token_revoked")
        }
    }

    @Test("of 32 Connect users linked with one linking token exactly one is linked")
    func linking() async throws {
        try await withRacingSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken())
            _ = try await together { index in
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users",
                    bearer: bearer,
                    json: ["user_id": .string("racer-\(index)"), "first_name": "R"]
                )
            }
            let replies = try await together { try await sandbox.link("racer-\($0)", token, bearer: bearer) }
            #expect(replies.count { $0.outcome == "link_user.success" } == 1)
            #expect(replies.count { $0.outcome == "link_user.instacart_user_already_linked" } == 31)
            let states = try await together { try await sandbox.linkStatus("racer-\($0)", bearer: bearer) }
            #expect(states.count { $0.outcome == "get_user_link.success" } == 1)
            #expect(states.count { $0.outcome == "get_user_link.user_not_linked" } == 31)
        }
    }

    @Test("of 32 creations of one user_id exactly one succeeds")
    func connectUser() async throws {
        try await withRacingSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let replies = try await together { _ in
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment/users",
                    bearer: bearer,
                    json: ["user_id": "one", "first_name": "O"]
                )
            }
            #expect(replies.count { $0.status == 200 } == 1)
            #expect(replies.count { $0.outcome == "create_user.user_id_taken" } == 31)
        }
    }

    @Test("of 32 Instacart users with one e-mail address exactly one is created, and no id is skipped")
    func instacartUser() async throws {
        try await withRacingSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let replies = try await together { index in
                try await sandbox.send(
                    .post,
                    "/v2/fulfillment_sandbox/instacart_users",
                    bearer: bearer,
                    json: [
                        "email": index % 2 == 0 ? "one@example.com" : "ONE@example.com", "phone": "1", "password": "p",
                    ]
                )
            }
            #expect(replies.filter { $0.status == 200 }.map(\.json) == [["id": 5]])
            #expect(replies.count { $0.outcome == "create_instacart_user.email_taken" } == 31)
            let next = try await sandbox.send(
                .post,
                "/v2/fulfillment_sandbox/instacart_users",
                bearer: bearer,
                json: ["email": "two@example.com", "phone": "1", "password": "p"]
            )
            #expect(next.json == ["id": 6])
        }
    }

    @Test("of 32 refreshes with one refresh token exactly one succeeds")
    func refresh() async throws {
        try await withRacingSandbox { sandbox in
            let refreshToken = try await sandbox.redeem(sandbox.code()).string("refresh_token")
            let replies = try await together { _ in
                try await sandbox.token(["grant_type": "refresh_token", "refresh_token": .string(refreshToken)])
            }
            #expect(replies.count { $0.status == 200 } == 1)
            #expect(replies.count { $0.outcome == "generate_access_token.invalid_grant_refresh_token" } == 31)
        }
    }

    @Test("a token that is revoked while it is used is good for a request or is not, and never again once revoked")
    func revocation() async throws {
        try await withRacingSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            let replies = try await together { index in
                guard index == 16 else { return try await sandbox.linkStatus("linked-inactive", bearer: bearer) }
                return try await sandbox.send(
                    .post,
                    "/v2/oauth/token/revoke",
                    json: ["client_id": "demo-client", "client_secret": "demo-secret", "token": .string(bearer)]
                )
            }
            let outcomes = Set(replies.compactMap(\.outcome))
            #expect(outcomes.contains("revoke_access_token.success"))
            #expect(
                outcomes.isSubset(of: [
                    "revoke_access_token.success", "get_user_link.success_not_a_member", "any.revoked_token",
                ])
            )
            #expect(try await sandbox.linkStatus("linked-inactive", bearer: bearer).outcome == "any.revoked_token")
        }
    }
}

private func withRacingSandbox(_ body: @escaping @Sendable (Sandbox) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let environment = TestEnvironment()
        let database = try SandboxDatabase.open(
            path: folder.appending(path: "race.sqlite").path,
            environment: environment.environment
        )
        try await database.loadMissing([StateDocument.demo()])
        try await withSandbox(.ahc(), database: database, environment: environment, body)
        try database.close()
    }
}

private func together(_ request: @escaping @Sendable (Int) async throws -> Reply) async throws -> [Reply] {
    try await withThrowingTaskGroup(of: Reply.self) { group in
        for index in 0..<32 {
            group.addTask { try await request(index) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
