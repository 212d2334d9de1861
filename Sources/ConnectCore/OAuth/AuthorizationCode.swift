/// What an Instacart user's consent gives an application: good for one exchange (RFC 6749 §4.1.2).
package struct AuthorizationCode: Equatable, Sendable {
    package let value: String
    package let clientID: ClientID
    package let instacartUserID: InstacartUserID
    package let redirectURI: String
    package let scopes: ScopeList
    package let challenge: CodeChallenge?
    package let expiresAt: Instant
    package var redeemedAt: Instant?

    package init(
        value: String,
        clientID: ClientID,
        instacartUserID: InstacartUserID,
        redirectURI: String,
        scopes: ScopeList,
        challenge: CodeChallenge?,
        expiresAt: Instant,
        redeemedAt: Instant?
    ) {
        self.value = value
        self.clientID = clientID
        self.instacartUserID = instacartUserID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.challenge = challenge
        self.expiresAt = expiresAt
        self.redeemedAt = redeemedAt
    }
}
