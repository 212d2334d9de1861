import ConnectCore
import HummingbirdTesting
import TestSupport
import Testing

@Suite("A broken connection of the retailer that the demo storefront is", .timeLimit(.minutes(10)))
struct DemoFaultTests {
    @Test("breaks no page of the storefront: only its own calls meet it", arguments: WireFault.allCases)
    func demo(wire: WireFault) async throws {
        try await withSandbox(.live) { sandbox in
            let page = try #require(RawReply(try await sandbox.raw(rawRequest("GET", "/demo"))))
            let cookie = try #require(page.headers["set-cookie"]).prefix { $0 != ";" }
            let token = try #require(page.body.firstMatch(of: /name="anti_forgery_token" value="([^"]+)"/)).1
            let headers = [("Cookie", String(cookie))]
            let form = "customer=linked-inactive&anti_forgery_token=\(token)"
            let signIn = try await sandbox.raw(
                rawRequest(
                    "POST",
                    "/demo/sign-in",
                    headers: headers + [("Content-Type", "application/x-www-form-urlencoded")],
                    body: form
                )
            )
            let session = RawReply(signIn)?.headers["set-cookie"].map { [("Cookie", String($0.prefix { $0 != ";" }))] }
            try await sandbox.arm(["wire": .string(wire.rawValue), "times": nil])
            let ending = try await rawConnection(
                rawRequest("GET", "/demo/account/profile", headers: session ?? headers),
                port: sandbox.port
            )
            let profile = try #require(RawReply(ending.text))
            #expect(!ending.isReset)
            #expect((200..<600).contains(profile.status))
            #expect(profile.body.contains("</html>"))
            #expect(profile.headers["x-sandbox-fault-hit"] == nil)
            let hits = try await sandbox.faults().compactMap { $0["hits"]?.integer }
            #expect(hits.first ?? 0 > 0)
        }
    }
}
