import Foundation
import Synchronization

/// What goes over the wire and must never be shown again.
///
/// Secrets that are made up have a core of letters and digits that every encoding but Base64 leaves as it is; the Base64
/// form of the whole is kept too.
final class Secrets: Sendable {
    private let names = Mutex<[String: String]>([:])

    /// Makes one up.
    ///
    /// - Parameters:
    ///   - name: What it is, in letters: for whoever reads of a leak.
    ///   - edge: What stands on both sides of its core.
    /// - Returns: The secret.
    func make(_ name: String, edge: String = "") -> String {
        let core = "m4rk3r\(count)\(name.filter(\.isLetter))"
        keep(core, name)
        let secret = edge + core + edge
        keep(Data(secret.utf8).base64EncodedString(), "\(name), in Base64")
        return secret
    }

    /// Keeps one that the server made.
    @discardableResult
    func keep(_ secret: String, _ name: String) -> String {
        names.withLock { $0[secret] = name }
        return secret
    }

    var count: Int { names.withLock { $0.count } }

    /// The names of those that a text holds.
    func leaks(in text: String) -> [String] {
        names.withLock { names in names.filter { text.contains($0.key) }.values.sorted() }
    }
}
