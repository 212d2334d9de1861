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
    ///   - environment: All variables, the server's own among them, of which only host and port are read; as of its
    ///     file, which they may name.
    ///   - folder: The working directory, where the file may be.
    /// - Throws: ``SettingError`` where the address is not one of plain HTTP, or there is none.
    package init(url: String?, environment: [String: String], folder: String = ".") throws(SettingError) {
        try self.init(url: url, environment: environment) { () throws(SettingError) in
            SettingValues(sources: try SettingSource.all(environment: environment, folder: folder))
        }
    }

    /// As the other one, with settings that are read where no address is given.
    init(
        url: String?,
        environment: [String: String],
        settings: () throws(SettingError) -> SettingValues
    ) throws(SettingError) {
        guard let text = url ?? environment[ClientVariable.url.rawValue], !text.isEmpty else {
            let values = try settings()
            let usual = Settings()
            host = Self.reachable(try values.host() ?? usual.host)
            port = try values.port() ?? usual.port
            if port == 0 { throw Self.portIsNotKnown(values.label(of: .port)) }
            return
        }
        let label = url == nil ? ClientVariable.url.rawValue : "--url"
        guard
            let parts = URLComponents(string: text), parts.scheme?.lowercased() == "http",
            let host = parts.host, !host.isEmpty
        else {
            throw SettingError(description: "\(label): “\(text)” is not an http address")
        }
        guard parts.user == nil, parts.password == nil else {
            // Which is not shown: it may hold a password.
            throw SettingError(description: "\(label): what was given has a user name; the server knows none")
        }
        guard ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil else {
            throw SettingError(description: "\(label): “\(text)” goes on after host and port, where nothing may follow")
        }
        guard parts.port != nil || !text.hasSuffix(":") && !text.hasSuffix(":/") else {
            throw SettingError(description: "\(label): “\(text)” has a colon and no port after it")
        }
        port = parts.port ?? 80
        guard (1...65_535).contains(port) else {
            throw SettingError(description: "\(label): “\(text)” has no port from 1 to 65535")
        }
        self.host = host.first == "[" ? String(host.dropFirst().dropLast()) : host
    }

    private static func portIsNotKnown(_ label: String) -> SettingError {
        SettingError(
            description: "\(label): port 0 is one that the server picks, and tells by \(SettingName.portFile.flag); "
                + "name it with --url or \(ClientVariable.url.rawValue)"
        )
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
