/// One place that settings come from, as texts.
package struct SettingSource: Sendable {
    let values: [SettingName: [String]]
    let label: @Sendable (SettingName) -> String

    /// The command line; a repeated flag has several values.
    ///
    /// - Parameter flags: The flags that were given.
    /// - Returns: The source.
    package static func flags(_ flags: [SettingName: [String]]) -> SettingSource {
        SettingSource(values: flags.filter { !$0.value.isEmpty }, label: \.flag)
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
        return SettingSource(values: values, label: \.variable)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
