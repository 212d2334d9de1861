import ConnectCore
import ConnectStorage
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Fifty retailers at once")
struct IsolationUnderLoadTests {
    private static let count = 50

    @Test("each link a customer on a day of their own, and see neither the others' days nor their customers")
    func loops() async throws {
        try await withTemporaryFolder { folder in
            let environment = TestEnvironment()
            let database = try SandboxDatabase.open(
                path: folder.appending(path: "load.sqlite").path,
                environment: environment.environment
            )
            try await withSandbox(.ahc(), database: database, environment: environment) { sandbox in
                let retailers = try await Self.together { number in try await Self.loop(number, sandbox) }
                #expect(Set(retailers.map(\.id)).count == Self.count)
                for (number, retailer) in retailers.enumerated() {
                    try await Self.expectOwnState(of: retailer, number, sandbox)
                }
            }
            try database.close()
        }
    }

    /// Makes a retailer, goes through the whole loop, and looks for its neighbours' customers.
    private static func loop(_ number: Int, _ sandbox: Sandbox) async throws -> TestRetailer {
        let now = TestEnvironment.start.adding(Period(days: number))
        let retailer = try await sandbox.createRetailer(
            "{clock: {now: \(now.iso8601), frozen: true}, connect_users: [{user_id: shared}]}"
        )
        let client = retailer.application
        let token = try await sandbox.token(["grant_type": "client_credentials"], of: client).succeeded()
        #expect(token.json["created_at"]?.integer == Int(now.secondsSinceEpoch))
        let bearer = try token.string("access_token")
        let user = try await sandbox.createInstacartUser("member@example.com", isMember: true, bearer: bearer)
        #expect(user.json == ["id": 1])
        let exchange = try await sandbox.redeem(sandbox.code(instacartUser: 1, of: client), of: client).succeeded()
        #expect(exchange.json["created_at"]?.integer == Int(now.secondsSinceEpoch))
        try await sandbox.createUser("only-\(number)", bearer: bearer).succeeded()
        let linkingToken = JSONValue.string(try exchange.string("access_token"))
        let link = try await sandbox.link("only-\(number)", linkingToken, bearer: bearer)
        #expect(link.outcome == "link_user.success")
        let status = try await sandbox.linkStatus("only-\(number)", bearer: bearer)
        #expect(status.json["expired_at"]?.string == now.adding(.oneYear).iso8601)
        for other in [(number + 1) % count, (number + count - 1) % count] {
            let unseen = try await sandbox.linkStatus("only-\(other)", bearer: bearer)
            #expect(unseen.outcome == "get_user_link.user_not_found")
        }
        let shared = try await sandbox.linkStatus("shared", bearer: bearer)
        #expect(shared.outcome == "get_user_link.user_not_linked")
        return retailer
    }

    private static func expectOwnState(of retailer: TestRetailer, _ number: Int, _ sandbox: Sandbox) async throws {
        let text = try await sandbox.state(of: retailer.id, tokens: true)
        let state = try JSONValue(parsing: Data(text.utf8))
        let users = state["connect_users"]?.elements ?? []
        #expect(users.compactMap { $0["user_id"]?.string } == ["shared", "only-\(number)"])
        #expect(users.compactMap { $0["linked_to"]?.integer } == [1])
        #expect(state["instacart_users"]?.elements.count == 1)
        #expect(state["authorization_codes"]?.elements.count == 1)
        // Two of the application's own, since asking for a code takes one, and the linking token.
        #expect(state["access_tokens"]?.elements.count == 3)
        let now = TestEnvironment.start.adding(Period(days: number)).iso8601
        #expect(state["clock"]?["now"]?.string == now)
        let clients = state["applications"]?.elements.compactMap { $0["client_id"]?.string }
        #expect(clients == [retailer.application.clientID])
    }

    private static func together(
        _ work: @escaping @Sendable (Int) async throws -> TestRetailer
    ) async throws -> [TestRetailer] {
        try await withThrowingTaskGroup(of: (Int, TestRetailer).self) { group in
            for number in 0..<count {
                group.addTask { (number, try await work(number)) }
            }
            var retailers: [Int: TestRetailer] = [:]
            for try await (number, retailer) in group { retailers[number] = retailer }
            return (0..<count).compactMap { retailers[$0] }
        }
    }
}
