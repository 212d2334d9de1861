#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An address that an application may have its users sent back to, and the rule by which one matches.
///
/// The match is exact, character by character (RFC 9700 §2.1); only the port of a loopback address is free
/// (RFC 8252 §7.3), so that a test server may listen where it likes.
package struct RedirectURI: Hashable, Sendable {
    package let rawValue: String

    /// Accepts an absolute address (`https://host/path`, or an app's own `scheme://path`) without fragment (RFC 6749
    /// §3.1.2) or user info.
    ///
    /// Schemes that a browser would run are refused.
    ///
    /// - Parameter rawValue: The address.
    package init?(rawValue: String) {
        guard
            rawValue.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F }),
            let parts = URLComponents(string: rawValue),
            let scheme = parts.scheme?.lowercased(), !Self.executedSchemes.contains(scheme),
            rawValue.dropFirst(scheme.count).hasPrefix("://"),
            parts.host?.isEmpty == false || !scheme.hasPrefix("http"),
            parts.fragment == nil, parts.user == nil, parts.password == nil
        else { return nil }
        self.rawValue = rawValue
    }

    /// Whether a request may use `candidate` where this address is registered.
    ///
    /// - Parameter candidate: The `redirect_uri` of the request.
    /// - Returns: True where the two are the same but for the port of a loopback address.
    package func matches(_ candidate: RedirectURI) -> Bool {
        rawValue == candidate.rawValue
            || (isLoopback && candidate.isLoopback && withoutPort == candidate.withoutPort)
    }

    /// Scheme, host and port: where a browser will be sent, as a person reads it.
    package var origin: String {
        authority.map { "\($0.scheme)://\($0.host)\($0.port)" } ?? rawValue
    }

    /// The origin for a Content-Security-Policy, which can name an IPv6 address or no host at all by the scheme only.
    package var policySource: String {
        guard let authority, authority.host.isEmpty || authority.host.hasPrefix("[") else { return origin }
        return "\(authority.scheme):"
    }

    /// The address without query and fragment, fit to be shown: a caller may have left a code in there.
    package static func shown(_ rawValue: String) -> String {
        guard let mark = rawValue.firstIndex(where: { "?#".contains($0) }) else { return rawValue }
        return rawValue[...mark] + "..."
    }

    private static let executedSchemes: Set<String> = ["javascript", "data", "vbscript", "blob", "file"]
    private static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// The text after the scheme, cut into host, port and the rest.
    ///
    /// The text itself is compared, never a normal form.
    private var authority: (scheme: Substring, host: Substring, port: Substring, rest: Substring)? {
        guard let separator = rawValue.firstRange(of: "://") else { return nil }
        let afterScheme = rawValue[separator.upperBound...]
        let end = afterScheme.firstIndex { "/?".contains($0) } ?? afterScheme.endIndex
        let hostAndPort = afterScheme[..<end]
        let portMark = hostAndPort.lastIndex(of: ":").flatMap { mark in
            hostAndPort[mark...].contains("]") ? nil : mark
        }
        let hostEnd = portMark ?? hostAndPort.endIndex
        return (
            rawValue[..<separator.lowerBound], hostAndPort[..<hostEnd], hostAndPort[hostEnd...], afterScheme[end...]
        )
    }

    private var isLoopback: Bool {
        guard let authority else { return false }
        return Self.loopbackHosts.contains(String(authority.host))
            && (authority.port.isEmpty || (1...65_535).contains(Int(authority.port.dropFirst()) ?? 0))
    }

    private var withoutPort: String? {
        authority.map { "\($0.scheme)://\($0.host)\($0.rest)" }
    }
}
