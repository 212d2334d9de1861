import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A password as it is kept: `scrypt$<rounds>$<salt>$<key>`, salt and key in Base64.
///
/// The rounds are the fewest that scrypt allows. A sandbox's passwords guard nothing, and its tests make many users.
package struct PasswordHash: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        guard Self.parts(of: rawValue) != nil else { return nil }
        self.rawValue = rawValue
    }

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: What the user would type.
    ///   - environment: Where the salt comes from.
    package init(of password: String, in environment: SandboxEnvironment) {
        let salt = Data(environment.randomBytes(16))
        let key = Self.key(of: password, salt: salt, rounds: 2).base64EncodedString()
        rawValue = "scrypt$2$\(salt.base64EncodedString())$\(key)"
    }

    /// Whether this is the hash of a password.
    ///
    /// - Parameter password: What the user typed.
    /// - Returns: True where they are the same.
    package func matches(_ password: String) -> Bool {
        guard let parts = Self.parts(of: rawValue) else { return false }
        let presented = Self.key(of: password, salt: parts.salt, rounds: parts.rounds)
        return SHA256.hash(data: presented) == SHA256.hash(data: parts.key)
    }

    private static func parts(of rawValue: String) -> (rounds: Int, salt: Data, key: Data)? {
        let fields = rawValue.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard
            fields.count == 4, fields[0] == "scrypt",
            let rounds = Int(fields[1]), (2...65_536).contains(rounds), rounds.nonzeroBitCount == 1,
            let salt = Data(base64Encoded: fields[2]), let key = Data(base64Encoded: fields[3]), key.count == 32
        else { return nil }
        return (rounds, salt, key)
    }

    private static func key(of password: String, salt: Data, rounds: Int) -> Data {
        let key = try? KDF.Scrypt.deriveKey(
            from: Data(password.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: 1,
            parallelism: 1
        )
        return key.map { key in key.withUnsafeBytes { Data($0) } } ?? Data()
    }
}
