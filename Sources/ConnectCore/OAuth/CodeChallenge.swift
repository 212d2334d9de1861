import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A PKCE challenge (RFC 7636 §4.2) as it is kept beside an authorization code.
package struct CodeChallenge: Equatable, Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case plain
        case s256 = "S256"
    }

    package let value: String
    package let method: Method

    package init(value: String, method: Method) {
        self.value = value
        self.method = method
    }

    /// RFC 7636 §4.6.
    ///
    /// - Parameter verifier: The `code_verifier` of the exchange.
    /// - Returns: Whether the challenge was made from it.
    package func isMet(by verifier: String) -> Bool {
        switch method {
        case .plain: verifier.isIdentical(to: value)
        case .s256: base64URL(SHA256.hash(data: Data(verifier.utf8))) == value
        }
    }
}
