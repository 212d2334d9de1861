import ConnectCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where a running server is asked.
package struct ServerAddress: Equatable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int

    /// - Parameters:
    ///   - url: The base address, where one was given.
    ///   - environment: All variables, the server's own among them.
    /// - Throws: ``SettingError`` where the address is not one of plain HTTP.
    package init(url: String?, environment: [String: String]) throws(SettingError) {
        guard let text = url ?? environment["CONNECT_SANDBOX_URL"], !text.isEmpty else {
            let settings = try Settings(sources: [.environment(environment)])
            host = Self.reachable(settings.host)
            port = settings.port
            return
        }
        guard let parts = URLComponents(string: text), parts.scheme == "http", let host = parts.host, !host.isEmpty
        else {
            let label = url == nil ? "CONNECT_SANDBOX_URL" : "--url"
            throw SettingError(description: "\(label): “\(text)” is not an http address")
        }
        self.host = host.first == "[" ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? 80
    }

    /// A server that listens on every address is asked on the loopback one.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    /// As a `Host` header names it (RFC 9110 §7.2).
    var authority: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    package var description: String { "http://\(authority)" }
}
