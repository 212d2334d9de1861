import ConnectCore
import HTTPTypes
import Hummingbird

/// `GET /.well-known/oauth-authorization-server` (RFC 8414): what this server really does.
struct MetadataRoutes {
    let publicURL: PublicURL
    let authorizePath: String
    let acceptsBasic: Bool

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/.well-known/oauth-authorization-server") { _, _ in
            let metadata = AuthorizationServerMetadata(
                issuer: publicURL.value,
                authorizePath: authorizePath,
                acceptsBasic: acceptsBasic
            )
            return try JSON.response(metadata, status: .ok, headers: [:])
        }
    }
}

/// The fields of RFC 8414 §2.
struct AuthorizationServerMetadata: Encodable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let revocationEndpoint: String
    let scopesSupported = Scope.allCases.map(\.rawValue)
    let responseTypesSupported = ["code"]
    let responseModesSupported = ["query"]
    let grantTypesSupported = GrantType.allCases.map(\.rawValue)
    let tokenEndpointAuthMethodsSupported: [String]
    let revocationEndpointAuthMethodsSupported: [String]
    let codeChallengeMethodsSupported = CodeChallenge.Method.allCases.map(\.rawValue)

    init(issuer: String, authorizePath: String, acceptsBasic: Bool) {
        self.issuer = issuer
        authorizationEndpoint = issuer + authorizePath
        tokenEndpoint = issuer + Endpoint.generateAccessToken.path
        revocationEndpoint = issuer + Endpoint.revokeAccessToken.path
        let methods = ["client_secret_post"] + (acceptsBasic ? ["client_secret_basic"] : [])
        tokenEndpointAuthMethodsSupported = methods
        revocationEndpointAuthMethodsSupported = methods
    }

    enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case revocationEndpoint = "revocation_endpoint"
        case scopesSupported = "scopes_supported"
        case responseTypesSupported = "response_types_supported"
        case responseModesSupported = "response_modes_supported"
        case grantTypesSupported = "grant_types_supported"
        case tokenEndpointAuthMethodsSupported = "token_endpoint_auth_methods_supported"
        case revocationEndpointAuthMethodsSupported = "revocation_endpoint_auth_methods_supported"
        case codeChallengeMethodsSupported = "code_challenge_methods_supported"
    }
}
