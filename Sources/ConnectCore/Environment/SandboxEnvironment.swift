#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the sandbox asks of the world outside: the time and randomness.
///
/// Nothing else reads a clock or rolls dice, so a test that passes its own gets repeatable answers.
package struct SandboxEnvironment: Sendable {
    /// The real time, on which every retailer's clock rests.
    package var now: @Sendable () -> Instant
    /// As many random bytes as asked for.
    package var randomBytes: @Sendable (_ count: Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Instant,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.randomBytes = randomBytes
    }
}

extension SandboxEnvironment {
    /// 32 random bytes in base64url without padding: the 43 characters of every token and code in Instacart's samples.
    ///
    /// - Returns: A fresh token or code.
    package func randomToken() -> String {
        base64URL(randomBytes(32))
    }
}

extension UInt8 {
    /// Two hexadecimal digits in lower case.
    package var hex: String {
        (self < 16 ? "0" : "") + String(self, radix: 16)
    }

    /// As it stands in an address (RFC 3986 §2.1).
    var percentEncoded: String { "%" + hex.uppercased() }
}

/// Encodes bytes by RFC 4648 §5 without padding.
///
/// - Parameter bytes: What to encode.
/// - Returns: Letters, digits, `-` and `_`.
package func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
        .replacing("+", with: "-")
        .replacing("/", with: "_")
        .replacing("=", with: "")
}
