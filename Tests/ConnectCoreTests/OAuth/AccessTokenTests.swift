import ConnectCore
import Testing

@Suite("Access token")
struct AccessTokenTests {
    @Test("it lasts 24 hours, a code ten minutes")
    func lifetimes() {
        #expect(Choices().tokenLifetime == 86_400)
        #expect(Choices().codeLifetime == 600)
    }

    @Test("it is good until the instant it expires at, and not then")
    func expiry() {
        let token = AccessToken.sample()

        #expect(token.state(at: newYear) == .active)
        #expect(token.state(at: newYear.adding(seconds: 86_399)) == .active)
        #expect(token.state(at: newYear.adding(milliseconds: 86_399_999)) == .active)
        #expect(token.state(at: newYear.adding(seconds: 86_400)) == .expired)
        #expect(token.state(at: newYear.adding(seconds: 86_401)) == .expired)
    }

    @Test("a revoked one is revoked, expired or not")
    func revoked() {
        let token = AccessToken.sample(revokedAt: newYear)

        #expect(token.state(at: newYear) == .revoked)
        #expect(token.state(at: newYear.adding(seconds: 86_400)) == .revoked)
    }
}
