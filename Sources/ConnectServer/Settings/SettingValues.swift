import ConnectCore

/// The sources, strongest first, and the reading of single settings from them.
struct SettingValues {
    let sources: [SettingSource]

    func one<Value>(
        _ name: SettingName,
        _ expectation: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> Value? {
        try many(name, expectation, read).last
    }

    func many<Value>(
        _ name: SettingName,
        _ expectation: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> [Value] {
        guard let source = sources.first(where: { $0.values[name] != nil }) else { return [] }
        var values: [Value] = []
        for text in source.values[name] ?? [] {
            guard let value = read(text) else {
                let shown = name.isSecret ? "what was given" : "“\(text)”"
                throw SettingError(description: "\(source.label(name)): \(shown) is not \(expectation)")
            }
            values.append(value)
        }
        return values
    }
}

/// What clients read too, of the server's own settings.
extension SettingValues {
    func host() throws(SettingError) -> String? {
        try one(.host, "a host name or address") { $0.isBlank ? nil : $0 }
    }

    func port() throws(SettingError) -> Int? {
        try one(.port, "a port from 0 to 65535") { text in
            Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
        }
    }
}
