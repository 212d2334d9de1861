import ConnectCore
import Testing

@Suite("Password hash")
struct PasswordHashTests {
    private static let salt = "AAAAAAAAAAAAAAAAAAAAAQ=="
    private static let key = "6RsA0QVwQK4ApPiddvYQRbDY1NGGLY38Tfbqpaa+Gr8="

    /// The key is that of scrypt (RFC 7914) with N = 2, r = 1 and p = 1, computed by another implementation.
    @Test("it is stored as scrypt, rounds, salt and key, with a dollar between")
    func form() {
        let hash = PasswordHash(of: "password", in: .counting())

        #expect(hash.rawValue == "scrypt$2$\(Self.salt)$\(Self.key)")
    }

    @Test("the password matches it, also after it was stored", arguments: ["password", "p", "a b\n", "p\u{E4}ss"])
    func roundTrip(_ password: String) throws {
        let hash = PasswordHash(of: password, in: .counting())
        let stored = try #require(PasswordHash(rawValue: hash.rawValue))

        #expect(stored == hash)
        #expect(hash.matches(password))
        #expect(stored.matches(password))
    }

    @Test("no other password matches it", arguments: ["", "Password", "password ", "passwor", "password1"])
    func other(_ password: String) {
        #expect(PasswordHash(of: "password", in: .counting()).matches(password) == false)
    }

    @Test("the same password twice has two salts, and two hashes")
    func salted() {
        let environment = SandboxEnvironment.counting()
        let first = PasswordHash(of: "password", in: environment)
        let second = PasswordHash(of: "password", in: environment)

        #expect(first != second)
        #expect(second.matches("password"))
    }

    @Test("a hash with more rounds is read with as many")
    func rounds() throws {
        let hash = try #require(
            PasswordHash(rawValue: "scrypt$16$c2FsdHNhbHRzYWx0c2FsdA==$OW+YCz5hkohNQCW7WleBqzj2qIyQr3XOr8uAq3oite0=")
        )

        #expect(hash.matches("password"))
        #expect(hash.matches("Password") == false)
    }

    static let malformed = [
        "", "password", "scrypt", "scrypt$2", "scrypt$2$\(salt)", "scrypt$$\(salt)$\(key)", "scrypt$2$\(salt)$",
        "scrypt$0$\(salt)$\(key)", "scrypt$1$\(salt)$\(key)", "scrypt$3$\(salt)$\(key)", "scrypt$-2$\(salt)$\(key)",
        "scrypt$131072$\(salt)$\(key)", "scrypt$9223372036854775808$\(salt)$\(key)", "scrypt$two$\(salt)$\(key)",
        "bcrypt$2$\(salt)$\(key)", "SCRYPT$2$\(salt)$\(key)", "scrypt$2$***$\(key)", "scrypt$2$\(salt)$***",
        "scrypt$2$\(salt)$\(salt)", "scrypt$2$\(salt)$\(key)$", "$scrypt$2$\(salt)$\(key)", " scrypt$2$\(salt)$\(key)",
    ]

    @Test("a malformed one is refused", arguments: Self.malformed)
    func refused(_ hash: String) {
        #expect(PasswordHash(rawValue: hash) == nil)
    }
}
