import ConnectCore
import ConnectStorage
import Logging

/// A setting as it is in force.
package struct SettingInForce: Equatable, Sendable {
    package let name: SettingName
    /// As they could be given again, but for secrets, which are not shown.
    ///
    /// None where it is not set and has no default.
    package let values: [String]
    /// Where they came from: a flag, a variable or a line of a file; nil for the default.
    package let origin: String?
}

extension Settings {
    package static let hiddenSecret = "[hidden]"

    /// What is in force, and where each value came from.
    ///
    /// - Parameter sources: The strongest first.
    /// - Returns: Every setting, in the order of ``SettingName``.
    /// - Throws: ``SettingError`` naming the first bad value and where it came from.
    package static func inForce(sources: [SettingSource]) throws(SettingError) -> [SettingInForce] {
        let settings = try Settings(sources: sources)
        return SettingName.allCases.map { name in
            let source = sources.first { $0.values[name] != nil }
            let values = settings.values(of: name)
            return SettingInForce(
                name: name,
                values: name.isSecret && source != nil ? values.map { _ in hiddenSecret } : values,
                origin: source.map { $0.place(name) }
            )
        }
    }

    /// The values of a setting as they could be given again.
    func values(of name: SettingName) -> [String] {
        let value: String? =
            switch name {
            case .config: configFile
            case .host: host
            case .port: "\(port)"
            case .portFile: portFile
            case .publicURL: publicURL
            case .database: database.name
            case .clientID: demo.clientID?.rawValue
            case .clientSecret: demo.clientSecret?.rawValue
            case .codeLifetime: "\(choices.codeLifetime)s"
            case .tokenLifetime: "\(choices.tokenLifetime)s"
            case .rateLimit: rateLimit?.description
            case .seed: seed?.description
            case .controlToken: controlToken
            case .corsOrigin: corsOrigin
            case .noFaultHeader: "\(!acceptsFaultHeader)"
            case .journalCount: "\(journalCount)"
            case .journalBytes: "\(journalBytes)"
            case .authorizePath: authorizePath
            case .autoApprove: autoApprove
            case .noScriptedConsent: "\(!acceptsScriptedConsent)"
            case .exitAfter: exitAfter.map { "\($0)s" }
            case .exitWithParent: "\(exitsWithParent)"
            case .quiet: "\(isQuiet)"
            case .logLevel: logLevel.rawValue
            case .logFormat: logFormat.rawValue
            case .state: nil
            case .redirectURI: nil
            case .relax: nil
            case .assume: nil
            case .allowHost: nil
            }
        return value.map { [$0] } ?? list(of: name)
    }

    private func list(of name: SettingName) -> [String] {
        switch name {
        case .state: stateFiles
        case .redirectURI: demo.redirectURIs.map(\.rawValue)
        case .relax: Relaxation.allCases.filter(relaxations.contains).map(\.rawValue)
        case .assume: Assumption.allCases.filter(choices.assumptions.contains).map(\.rawValue)
        case .allowHost: allowedHosts
        default: []
        }
    }
}
