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
    /// - Parameter sources: What the settings were read from, the strongest first.
    /// - Returns: Every setting, in the order of ``SettingName``.
    package func inForce(from sources: [SettingSource]) -> [SettingInForce] {
        let places = SettingValues(sources: sources)
        return SettingName.allCases.map { name in
            let origin = places.place(of: name)
            let values = values(of: name)
            return SettingInForce(
                name: name,
                values: name.isSecret && origin != nil ? values.map { _ in Self.hiddenSecret } : values,
                origin: implied(name, places).map { "with \($0)" } ?? origin
            )
        }
    }

    /// Where the setting stands that decides about another one.
    private func implied(_ name: SettingName, _ places: SettingValues) -> String? {
        switch name {
        case .database where seed != nil && places.place(of: .database) == nil: places.place(of: .seed)
        case .logLevel where isQuiet && places.isStronger(.quiet, than: .logLevel): places.place(of: .quiet)
        default: nil
        }
    }

    /// The values of a setting as they could be given again; none where it is not set and has no default.
    private func values(of name: SettingName) -> [String] {
        switch name {
        case .config: list(configFile)
        case .host: [host]
        case .port: ["\(port)"]
        case .portFile: list(portFile)
        case .publicURL: list(publicURL)
        case .database: [database.name]
        case .state: stateFiles
        case .clientID: list(demo.clientID?.rawValue)
        case .clientSecret: list(demo.clientSecret?.rawValue)
        case .redirectURI: demo.redirectURIs.map(\.rawValue)
        case .relax: Relaxation.allCases.filter(relaxations.contains).map(\.rawValue)
        case .assume: Assumption.allCases.filter(choices.assumptions.contains).map(\.rawValue)
        case .codeLifetime: [duration(choices.codeLifetime)]
        case .tokenLifetime: [duration(choices.tokenLifetime)]
        case .rateLimit: list(rateLimit?.description)
        case .seed: list(seed?.description)
        case .allowHost: allowedHosts
        case .controlToken: list(controlToken)
        case .corsOrigin: list(corsOrigin)
        case .noFaultHeader: ["\(!acceptsFaultHeader)"]
        case .journalCount: ["\(journalCount)"]
        case .journalBytes: ["\(journalBytes)"]
        case .authorizePath: [authorizePath]
        case .autoApprove: list(autoApprove)
        case .noScriptedConsent: ["\(!acceptsScriptedConsent)"]
        case .exitAfter: list(exitAfter.map(duration))
        case .exitWithParent: ["\(exitsWithParent)"]
        case .quiet: ["\(isQuiet)"]
        case .logLevel: [logLevel.rawValue]
        case .logFormat: [logFormat.rawValue]
        }
    }

    private func list(_ value: String?) -> [String] {
        value.map { [$0] } ?? []
    }

    /// In the largest unit that it is a whole number of; a single day is 24 hours, as documentation has it.
    private func duration(_ seconds: Int64) -> String {
        let units: KeyValuePairs<String, Int64> = ["d": 86_400, "h": 3600, "m": 60]
        let unit = units.first { seconds.isMultiple(of: $0.value) && (seconds, $0.key) != (86_400, "d") }
        return unit.map { "\(seconds / $0.value)\($0.key)" } ?? "\(seconds)s"
    }
}
