import ConnectCore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import TestSupport

/// The account-linking loop and much that goes wrong in it, with a secret wherever one can be.
struct SecretTraffic: Sendable {
    let sandbox: Sandbox
    let secrets: Secrets
    let client: TestApplication
    let password: String

    private static let token = "/v2/oauth/token"
    private static let users = "/v2/fulfillment/users"
    private static let json = ["Content-Type": "application/json"]
    private static let form = ["Content-Type": "application/x-www-form-urlencoded"]

    /// A retailer whose secrets hold what has to be encoded.
    static func state(clientSecret: String, password: String) throws -> String {
        let document: JSONValue = [
            "id": "demo",
            "applications": [
                [
                    "client_id": "demo-client", "client_secret": .string(clientSecret),
                    "redirect_uris": ["https://example.org/account/profile"],
                ]
            ],
            "instacart_users": [
                ["id": 1, "email": "one@example.com", "password": .string(password)], ["id": 2], ["id": 3],
            ],
            "connect_users": [["user_id": "johnsmith6000"], ["user_id": "janedoe"]],
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    /// Sends everything to a sandbox of its own.
    ///
    /// - Parameters:
    ///   - logger: What the server logs to.
    ///   - body: What is looked at then.
    /// - Throws: What that does.
    static func run(
        logger: Logger = .nobody,
        _ body: @Sendable (Sandbox, Secrets) async throws -> Void
    ) async throws {
        let secrets = Secrets()
        let client = TestApplication(
            clientID: "demo-client",
            clientSecret: secrets.make("application secret", edge: "+/&=%é\"")
        )
        let password = secrets.make("password", edge: "\\ &=+%")
        let state = try state(clientSecret: client.clientSecret, password: password)
        try await withSandbox(.live, state: state, logger: logger) { sandbox in
            try await SecretTraffic(sandbox: sandbox, secrets: secrets, client: client, password: password).run()
            try await body(sandbox, secrets)
        }
    }

    /// Sends everything.
    private func run() async throws {
        try await link()
        try await authenticateBadly()
        try await writeNonsense()
        try await consent()
    }

    /// The loop itself: every grant, every token, refreshed and revoked.
    private func link() async throws {
        let bearer = secrets.keep(try await sandbox.fulfillmentToken(of: client), "fulfillment token")
        let newPassword = secrets.make("new password", edge: "\"\\/")
        try await sandbox.send(
            .post,
            "/v2/fulfillment_sandbox/instacart_users",
            bearer: bearer,
            json: ["email": "new@example.com", "phone": "1", "password": .string(newPassword)]
        ).succeeded()
        let verifier = secrets.make("verifier", edge: String(repeating: "v", count: 30))
        let code = secrets.keep(
            try await sandbox.code(
                instacartUser: 1,
                of: client,
                // The challenge of the method `plain` is the verifier itself.
                adding: ["code_challenge": .string(verifier), "code_challenge_method": "plain"]
            ),
            "code"
        )
        let wrong = secrets.make("wrong verifier", edge: String(repeating: "w", count: 30))
        _ = try await sandbox.redeem(code, of: client, adding: ["code_verifier": .string(wrong)])
        let exchange = try await sandbox.redeem(code, of: client, adding: ["code_verifier": .string(verifier)])
        let linkingToken = secrets.keep(try exchange.succeeded().string("access_token"), "linking token")
        let refreshToken = secrets.keep(try exchange.string("refresh_token"), "refresh token")
        try await sandbox.link("johnsmith6000", .string(linkingToken), bearer: bearer).succeeded()
        let refreshed = try await sandbox.token(
            ["grant_type": "refresh_token", "refresh_token": .string(refreshToken)],
            of: client
        ).succeeded()
        secrets.keep(try refreshed.string("access_token"), "refreshed token")
        let second = secrets.keep(try refreshed.string("refresh_token"), "second refresh token")
        secrets.keep(Data(#"{"user_id":"janedoe"}"#.utf8).base64EncodedString(), "assertion")
        secrets.keep(try await sandbox.userToken("janedoe", of: client), "user token")
        _ = try await sandbox.redeem(code, of: client, adding: ["code_verifier": .string(verifier)])
        try await sandbox.send(
            .post,
            "/v2/oauth/token/revoke",
            json: [
                "client_id": "demo-client", "client_secret": .string(client.clientSecret), "token": .string(second),
            ]
        ).succeeded()
    }

    /// Secrets in headers, forms and queries; most of them are refused.
    private func authenticateBadly() async throws {
        let secret = formEncoded(client.clientSecret)
        let grant = "grant_type=client_credentials&client_id=demo-client"
        let reply = try await sandbox.send(.post, Self.token, form: "\(grant)&client_secret=\(secret)").succeeded()
        secrets.keep(try reply.string("access_token"), "token of a form")
        let basic = Data("demo-client:\(client.clientSecret)".utf8).base64EncodedString()
        secrets.keep(basic, "HTTP Basic credentials")
        _ = try await sandbox.send(
            .post,
            Self.token,
            headers: ["Authorization": "Basic \(basic)"],
            form: "grant_type=client_credentials"
        )
        for scheme in ["Bearer ", "bearer ", "Token ", ""] {
            let value = scheme + secrets.make("bearer after \(scheme)")
            _ = try await sandbox.send(.get, "\(Self.users)/a/link", headers: ["Authorization": value])
        }
        for name in ["client_secret", "code", "assertion", "refresh_token", "code_verifier", "token", "cod%65"] {
            _ = try await sandbox.send(.post, "\(Self.token)?a=b&\(name)=\(secrets.make("query \(name)"))&c=d")
        }
        for name in ["access_token", "linking_token", "password", "token", "code"] {
            _ = try await sandbox.send(.get, "\(Self.users)/a/link?\(name)=\(secrets.make("query \(name)"))")
        }
        for path in ["%3Fclient_secret=", ";client_secret=", "/Client_Secret%3D", "/a=b&token%253d", "#code="] {
            _ = try await sandbox.send(.get, "\(Self.token)\(path)\(secrets.make("path \(path)"))")
        }
        let address = "https://example.org/account/profile?code=\(secrets.make("code of a referrer"))&state=x"
        _ = try await sandbox.send(.get, "\(Self.users)/a/link", headers: ["Referer": address])
    }

    /// Bodies that are malformed, of another type, nested, repeated, too long or for nobody.
    private func writeNonsense() async throws {
        func json(_ name: String, _ body: (String) -> String) async throws {
            _ = try await sandbox.send(.post, Self.token, headers: Self.json, text: body(secrets.make("\(name) JSON")))
        }
        try await json("half a") { #"{"client_id": "demo-client", "client_secret": "\#($0)"# }
        try await json("two of") { #"{"client_secret": "x"}{"client_secret": "\#($0)"}"# }
        try await json("nested") { #"{"a": [{"client_secret": "\#($0)"}], "b": {"password": {"c": "\#($0)"}}}"# }
        try await json("escaped") { #"{"client\u005fsecret": "\#($0)", "Code": "\#($0)"}"# }
        try await json("repeated") { #"{"client_secret": "\#($0)", "client_secret": "\#($0)x"}"# }
        try await json("listed") { #"{"refresh_token": ["\#($0)"], "token": ["\#($0)", 1]}"# }
        try await json("long") { #"{"client_secret": "\#($0)", "x": "\#(String(repeating: "x", count: 40_000))"}"# }
        try await json("late") { #"{"a": "\#(String(repeating: "x", count: 40_000))", "client_secret": "\#($0)"}"# }
        for body in [
            "client_secret=", "%zz&client%5fsecret=", "a=1&&client_secret=1&client_secret=", "password[a]=",
            "a=1;client_secret=", "a: 1\nclient_secret: ", "data={\"client_secret\": \"",
        ] {
            _ = try await sandbox.send(.post, Self.token, form: body + secrets.make("form \(body)"))
        }
        let typed = #"{"client_secret": "\#(secrets.make("of another type"))"}"#
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data"] {
            _ = try await sandbox.send(.post, Self.token, headers: ["Content-Type": type], text: typed)
        }
        let untyped = "client_secret=\(secrets.make("untyped"))"
        _ = try await sandbox.send(.post, Self.token, text: untyped)
        _ = try await sandbox.send(.post, Self.token, headers: Self.json, text: untyped)
        let stray: JSONValue = ["client_secret": .string(secrets.make("for nobody")), "code": "x"]
        for path in ["/v2/oauth/tokens", "/v2/nothing", "/v2"] { _ = try await sandbox.send(.post, path, json: stray) }
        let bearer = secrets.keep(try await sandbox.fulfillmentToken(of: client), "second fulfillment token")
        for token: JSONValue in [[.string(secrets.make("linking list"))], ["a": .string(secrets.make("linking map"))]] {
            _ = try await sandbox.link("janedoe", token, bearer: bearer)
        }
    }

    /// Consent in a browser: password, cookie, anti-forgery token, and the code in an address.
    private func consent() async throws {
        let path = Visitor.path(to: client)
        let challenge = secrets.make("plain challenge", edge: String(repeating: "c", count: 30))
        _ = try await sandbox.send(.get, path + "&code_challenge_method=plain&code_challenge=\(challenge)")
        let login = try await sandbox.send(.get, path)
        var cookie = try keepCookie(login)
        let wrong = "action=sign_in&email=one@example.com&password=\(secrets.make("wrong password"))"
        let form = try antiForgeryToken(login)
        let refused = try await sandbox.send(.post, path, headers: ["Cookie": cookie], form: wrong + form)
        cookie = (try? keepCookie(refused)) ?? cookie
        let signIn = "action=sign_in&email=one@example.com&password=\(formEncoded(password))"
        let again = try antiForgeryToken(refused)
        let signedIn = try await sandbox.send(.post, path, headers: ["Cookie": cookie], form: signIn + again)
        cookie = try keepCookie(signedIn)
        let unspaced = "other=\(secrets.make("other cookie"));\(cookie)"
        _ = try await sandbox.send(.get, path, headers: ["Cookie": unspaced])
        let others = "other=\(secrets.make("other cookie")); \(cookie); \(secrets.make("nameless cookie"))"
        let page = try await sandbox.send(.get, path, headers: ["Cookie": others])
        let allow = "action=allow" + (try antiForgeryToken(page))
        let allowed = try await sandbox.send(.post, path, headers: ["Cookie": cookie], form: allow)
        try keepCode(allowed)
        try keepCode(try await sandbox.send(.get, path + "&sandbox_user=one@example.com&sandbox_decision=allow"))
    }

    private func keepCookie(_ reply: Reply) throws -> String {
        let cookie = String((reply.header("Set-Cookie") ?? "").prefix { $0 != ";" })
        guard let equals = cookie.firstIndex(of: "=") else { throw MissingSecret(reply: reply.text) }
        secrets.keep(String(cookie[cookie.index(after: equals)...]), "session cookie")
        return cookie
    }

    private func antiForgeryToken(_ reply: Reply) throws -> String {
        guard let match = reply.text.firstMatch(of: /name="anti_forgery_token" value="([^"]+)"/) else {
            throw MissingSecret(reply: reply.text)
        }
        return "&anti_forgery_token=" + secrets.keep(String(match.1), "anti-forgery token")
    }

    private func keepCode(_ reply: Reply) throws {
        guard let match = (reply.header("Location") ?? "").firstMatch(of: /code=([A-Za-z0-9_-]{43})/) else {
            throw MissingSecret(reply: reply.text)
        }
        secrets.keep(String(match.1), "code in an address")
    }
}

/// An answer had no secret where one was due.
struct MissingSecret: Error {
    let reply: String
}
