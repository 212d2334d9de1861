import ConnectCore
import Synchronization

/// When these tests take place: 2026-01-01T00:00:00Z.
let newYear = Instant(secondsSinceEpoch: 1_767_225_600)

/// Fields that are all strings.
func strings(_ values: [String: String]) -> RequestFields {
    RequestFields(values.mapValues(FieldValue.string))
}

/// The refusal that a rule answers with; nil where it answers with anything else.
func refused<Value>(by rule: () throws -> Value) -> Refusal? {
    do {
        _ = try rule()
        return nil
    } catch {
        return error as? Refusal
    }
}

extension SandboxEnvironment {
    /// A clock that stands still, and random bytes that are the number of the call: 0 … 0 1, then 0 … 0 2.
    static func counting() -> SandboxEnvironment {
        let calls = CallCounter()
        return SandboxEnvironment(
            now: { newYear },
            randomBytes: { count in
                let call = calls.next()
                return (0..<count).map { index in UInt8(truncatingIfNeeded: call >> (8 * (count - 1 - index))) }
            }
        )
    }
}

private final class CallCounter: Sendable {
    private let calls = Mutex<UInt64>(0)

    func next() -> UInt64 {
        calls.withLock { calls in
            calls += 1
            return calls
        }
    }
}

extension Application {
    static func sample(
        clientID: String = "demo-client",
        isEnabled: Bool = true,
        scopes: [Scope] = [.fulfillment, .postCheckout, .accountLinking],
        redirectURIs: [String] = ["https://example.org/account/profile"]
    ) -> Application {
        Application(
            clientID: ClientID(rawValue: clientID),
            clientSecret: ClientSecret(rawValue: "demo-secret"),
            name: "Demo Grocer website",
            isEnabled: isEnabled,
            scopes: ScopeList(scopes),
            redirectURIs: redirectURIs.compactMap { RedirectURI(rawValue: $0) }
        )
    }
}

extension AccessToken {
    /// A token that was issued at the new year and lasts a day.
    static func sample(
        refreshToken: String? = nil,
        clientID: String = "demo-client",
        scopes: [Scope] = [.fulfillment],
        subject: Subject = .application,
        revokedAt: Instant? = nil
    ) -> AccessToken {
        AccessToken(
            value: "access-token",
            refreshToken: refreshToken,
            clientID: ClientID(rawValue: clientID),
            scopes: ScopeList(scopes),
            subject: subject,
            createdAt: newYear,
            expiresAt: newYear.adding(seconds: Choices().tokenLifetime),
            revokedAt: revokedAt
        )
    }

    /// What an authorization code for Instacart user 3 was exchanged for.
    static func linkingToken(
        clientID: String = "demo-client",
        scopes: [Scope] = [.accountLinking],
        revokedAt: Instant? = nil
    ) -> AccessToken {
        sample(
            refreshToken: "refresh-token",
            clientID: clientID,
            scopes: scopes,
            subject: .instacartUser(InstacartUserID(rawValue: 3)),
            revokedAt: revokedAt
        )
    }
}
