import ConnectCore

/// An application of a state document.
struct TestClient: Sendable {
    let id: String
    let secret: String
    let redirectURI: String

    static let demo = TestClient(
        id: "demo-client",
        secret: "demo-secret",
        redirectURI: "https://example.org/account/profile"
    )

    func credentials() throws -> ClientCredentials {
        try ClientCredentials(
            RequestFields(["client_id": .string(id), "client_secret": .string(secret)]),
            basic: nil,
            acceptsBasic: false
        )
    }
}
