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
    ///   - environment: All variables, the server's own among them, of which only host and port are read.
    /// - Throws: ``SettingError`` where the address is not one of plain HTTP, or there is none.
    package init(url: String?, environment: [String: String]) throws(SettingError) {
        guard let text = url ?? environment["CONNECT_SANDBOX_URL"], !text.isEmpty else {
            let values = SettingValues(sources: [.environment(environment)])
            let usual = Settings()
            host = Self.reachable(try values.host() ?? usual.host)
            port = try values.port() ?? usual.port
            if port == 0 { throw Self.portIsNotKnown }
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

    private static let portIsNotKnown = SettingError(
        description: "\(SettingName.port.variable): port 0 is one that the server picks, and tells by "
            + "\(SettingName.portFile.flag); name it with --url or CONNECT_SANDBOX_URL"
    )

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
