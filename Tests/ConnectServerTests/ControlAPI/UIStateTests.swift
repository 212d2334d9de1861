import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("UI states")
struct UIStateTests {
    @Test("a retailer made a moment ago takes each, and the API answers what the README says", arguments: UIState.all)
    func freshRetailer(state: UIState) async throws {
        try await withSandbox { sandbox in
            let made = try await sandbox.send(.post, "/_sandbox/retailers")
            let application = try TestApplication(
                clientID: made.string("client_id"),
                clientSecret: made.string("client_secret")
            )
            let bearer = try await sandbox.fulfillmentToken(of: application)
            try await load(state.file, into: made.string("id"), sandbox)
            try await expectAnswers(of: state, to: application, bearer: bearer, sandbox)
        }
    }

    @Test("years later, each replaces the one before it under an application that keeps its fulfillment token")
    func oneAfterAnother() async throws {
        try await withSandbox { sandbox in
            sandbox.environment.advance(seconds: 5 * 365 * 86_400)
            let bearer = try await sandbox.fulfillmentToken()
            for state in UIState.all {
                try await load(state.file, into: "demo", sandbox)
                try await expectAnswers(of: state, to: .demo, bearer: bearer, sandbox)
            }
        }
    }

    @Test(
        "an unlinked customer ends up with or without membership, as the Instacart user has one",
        arguments: [(3, "get_user_link.success"), (4, "get_user_link.success_not_a_member")]
    )
    func linked(instacartUser: Int, outcome: String) async throws {
        try await withSandbox { sandbox in
            try await load("not-linked.yaml", into: "demo", sandbox)
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken(instacartUser: instacartUser))
            let link = try await sandbox.link(UIState.customer, token, bearer: bearer)
            #expect(link.outcome == "link_user.success")
            let status = try await sandbox.linkStatus(UIState.customer, bearer: bearer)
            #expect(status.outcome == outcome)
        }
    }

    @Test("a customer whom Connect does not know is created on the way, and linked with the same linking token")
    func createdOnTheWay() async throws {
        try await withSandbox { sandbox in
            try await load("no-connect-user.yaml", into: "demo", sandbox)
            let bearer = try await sandbox.fulfillmentToken()
            let token = JSONValue.string(try await sandbox.linkingToken())
            let refused = try await sandbox.link(UIState.customer, token, bearer: bearer)
            #expect(refused.outcome == "link_user.user_not_found")
            let created = try await sandbox.send(
                .post,
                "/v2/fulfillment/users",
                bearer: bearer,
                json: ["user_id": .string(UIState.customer), "first_name": "John"]
            )
            #expect(created.outcome == "create_user.success")
            let link = try await sandbox.link(UIState.customer, token, bearer: bearer)
            #expect(link.outcome == "link_user.success")
        }
    }

    @Test("another Instacart account than the one that is linked already can be linked")
    func differentAccount() async throws {
        try await withSandbox { sandbox in
            try await load("instacart-account-already-linked.yaml", into: "demo", sandbox)
            let token = JSONValue.string(try await sandbox.linkingToken())
            let link = try await sandbox.link(UIState.customer, token, bearer: sandbox.fulfillmentToken())
            #expect(link.outcome == "link_user.success")
        }
    }

    @Test("a membership that ends soon names its end, and is over an hour after loading")
    func endsSoon() async throws {
        try await withSandbox { sandbox in
            try await load("membership-ends-soon.yaml", into: "demo", sandbox)
            let bearer = try await sandbox.fulfillmentToken()
            let before = try await sandbox.linkStatus(UIState.customer, bearer: bearer)
            #expect(
                before.json
                    == ["express_member": true, "instacartplus_member": true, "expired_at": "2026-01-01T01:00:00Z"]
            )
            sandbox.environment.advance(seconds: 3600)
            let after = try await sandbox.linkStatus(UIState.customer, bearer: bearer)
            #expect(after.json == ["express_member": false, "instacartplus_member": false])
        }
    }

    @Test("each file but demo.yaml is in this table and in the README's, which say the same, and names its page")
    func coverage() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: UIState.folder.path)
        #expect(Set(files.filter { !$0.hasPrefix(".") }) == Set(UIState.all.map(\.file) + ["demo.yaml"]))
        let readme = try String(contentsOf: UIState.readme, encoding: .utf8)
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| [`") && $0.contains("](states/") }
        #expect(rows.count == UIState.all.count)
        for state in UIState.all {
            let row = rows.first { $0.hasPrefix("| [`\(state.file)`](states/\(state.file)) | ") }
            #expect(row?.hasSuffix(state.cells) == true, "\(state.file)")
            let text = try UIState.text(of: state.file)
            #expect(text.contains("\n# Source: /connect/"), "\(state.file)")
        }
    }

    private func load(_ file: String, into retailer: String, _ sandbox: Sandbox) async throws {
        let reply = try await sandbox.send(
            .put,
            "/_sandbox/retailers/\(retailer)/state",
            headers: ["Content-Type": "application/yaml"],
            text: UIState.text(of: file)
        )
        #expect(reply.status == 200, "\(file): \(reply.text)")
    }

    private func expectAnswers(
        of state: UIState,
        to application: TestApplication,
        bearer: String,
        _ sandbox: Sandbox
    ) async throws {
        let status = try await sandbox.linkStatus(UIState.customer, bearer: bearer)
        #expect(status.summary == state.status, "\(state.file)")
        guard let expected = state.link else { return }
        let token = try await sandbox.linkingToken(instacartUser: state.consenting, of: application)
        let link = try await sandbox.link(UIState.customer, .string(token), bearer: bearer)
        #expect(link.summary == expected, "\(state.file)")
    }
}

extension Reply {
    fileprivate var summary: String { "\(status) \(outcome ?? "without outcome")" }
}
