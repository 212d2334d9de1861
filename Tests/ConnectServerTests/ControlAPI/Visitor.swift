import ConnectCore
import HTTPTypes
import TestSupport

/// A customer's browser at the authorization URL: it keeps its cookie, and the anti-forgery token of the page it shows.
struct Visitor: Sendable {
    private let sandbox: Sandbox
    private let path: String
    private var cookie: String?
    private var token = ""

    init(_ sandbox: Sandbox, client: TestApplication = .demo) {
        self.sandbox = sandbox
        path = Self.path(to: client)
    }

    /// An application's authorization URL.
    static func path(to client: TestApplication) -> String {
        "/oauth/authorize?response_type=code&client_id=\(formEncoded(client.clientID))&scope=account_linking"
            + "&redirect_uri=\(formEncoded(client.redirectURI))"
    }

    /// The same browser at another application's authorization URL.
    func going(to client: TestApplication) -> Visitor {
        var visitor = Visitor(sandbox, client: client)
        visitor.cookie = cookie
        return visitor
    }

    mutating func visit() async throws -> Reply {
        let reply = try await sandbox.send(.get, path, headers: headers)
        keep(reply)
        return reply
    }

    mutating func submit(_ form: String) async throws -> Reply {
        let reply = try await sandbox.send(
            .post,
            path,
            headers: headers,
            form: "\(form)&anti_forgery_token=\(token)"
        )
        keep(reply)
        return reply
    }

    mutating func signIn(as email: String) async throws {
        _ = try await visit()
        _ = try await submit("action=pick_user&sandbox_user=\(formEncoded(email))")
        _ = try await visit()
    }

    private var headers: [String: String] {
        cookie.map { ["Cookie": $0] } ?? [:]
    }

    private mutating func keep(_ reply: Reply) {
        if let set = reply.header("Set-Cookie") { cookie = String(set.prefix { $0 != ";" }) }
        if let match = reply.text.firstMatch(of: /name="anti_forgery_token" value="([^"]+)"/) {
            token = String(match.1)
        }
    }
}
