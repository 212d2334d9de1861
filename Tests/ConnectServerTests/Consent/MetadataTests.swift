import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Authorization server metadata")
struct MetadataTests {
    @Test("it says what the server does, under the public URL")
    func metadata() async throws {
        var settings = Settings()
        settings.publicURL = "https://sandbox.example"
        settings.relaxations = [.clientAuthBasic]
        try await withSandbox(settings: settings) { sandbox in
            let reply = try await sandbox.send(.get, "/.well-known/oauth-authorization-server")
            #expect(reply.status == 200)
            #expect(reply.json["issuer"] == "https://sandbox.example")
            #expect(reply.json["authorization_endpoint"] == "https://sandbox.example/oauth/authorize")
            #expect(reply.json["token_endpoint"] == "https://sandbox.example/v2/oauth/token")
            #expect(reply.json["revocation_endpoint"] == "https://sandbox.example/v2/oauth/token/revoke")
            #expect(reply.json["response_types_supported"] == ["code"])
            #expect(reply.json["code_challenge_methods_supported"] == ["plain", "S256"])
            #expect(
                reply.json["token_endpoint_auth_methods_supported"] == ["client_secret_post", "client_secret_basic"]
            )
        }
    }
}
