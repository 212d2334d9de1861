import ConnectCore

/// One place that settings come from, as texts.
package struct SettingSource: Sendable {
    let values: [SettingName: [String]]
    /// Where a setting stands: its flag, its variable, a line of a file.
    let place: @Sendable (SettingName) -> String
    /// Whether that says which setting it is.
    var placesNameSettings = true
    /// Variables with the prefix of the settings' that are none of theirs.
    package private(set) var strangers: [String] = []

    /// What errors call a setting.
    func label(_ name: SettingName) -> String {
        placesNameSettings ? place(name) : "\(place(name)): \(name.rawValue)"
    }

    /// The command line; a repeated flag has several values.
    ///
    /// - Parameter flags: The flags that were given.
    /// - Returns: The source.
    package static func flags(_ flags: [SettingName: [String]]) -> SettingSource {
        SettingSource(values: flags.filter { !$0.value.isEmpty }, place: \.flag)
    }

    /// Environment variables; those of lists separate their values by commas, an empty one counts as unset.
    ///
    /// - Parameter environment: All variables.
    /// - Returns: The source.
    package static func environment(_ environment: [String: String]) -> SettingSource {
        var values: [SettingName: [String]] = [:]
        for name in SettingName.allCases {
            guard let text = environment[name.variable], !text.isEmpty else { continue }
            let texts = name.isList ? text.split(separator: ",").map { String($0.trimmingSpaces) } : [text]
            if !texts.isEmpty { values[name] = texts }
        }
        var source = SettingSource(values: values, place: \.variable)
        source.strangers = environment.keys.filter(isStranger).sorted()
        return source
    }

    private static func isStranger(_ variable: String) -> Bool {
        variable.hasPrefix(SettingName.variablePrefix) && !variables.contains(variable)
    }

    /// Refuses the first variable that is hardly meant for anything but a setting.
    ///
    /// One that is not close to any may be anybody's: CI systems and Kubernetes make up variables of their own.
    ///
    /// - Throws: ``SettingError`` naming it and the one that may have been meant.
    func refuseMisspelt() throws(SettingError) {
        let prefix = SettingName.variablePrefix
        let names = Self.variables.map { String($0.dropFirst(prefix.count)) }
        for variable in strangers {
            guard let meant = String(variable.dropFirst(prefix.count)).closest(among: names) else { continue }
            throw SettingError(description: "\(variable): there is no such setting; did you mean \(prefix)\(meant)?")
        }
    }

    /// All that may be set.
    private static let variables = SettingName.allCases.map(\.variable) + ClientVariable.allCases.map(\.rawValue)
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
