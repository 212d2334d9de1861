/// The grants of `POST /v2/oauth/token`.
///
/// Source: /connect/api/permissions_scopes; `refresh_token` is assumed from the refresh token that
/// /connect/fulfillment_guide/how_to/link_an_instacart_account shows in a response (RFC 6749 §6).
package enum GrantType: String, CaseIterable, Sendable {
    case clientCredentials = "client_credentials"
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case fulfillmentUserAssertion = "fulfillment_user_assertion"
    case retailerJSONBearer = "urn:ietf:params:oauth:grant-type:retailer-json-bearer"
}
