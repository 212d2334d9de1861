import ConnectCore

/// The sources, strongest first, and the reading of single settings from them.
struct SettingValues {
    let sources: [SettingSource]

    /// What errors call a setting.
    func label(of name: SettingName) -> String {
        source(of: name)?.label(name) ?? name.flag
    }

    /// Where a setting stands; nil where it does nowhere.
    func place(of name: SettingName) -> String? {
        source(of: name)?.place(name)
    }

    /// Whether one setting comes from a stronger source than another, which may come from none.
    func isStronger(_ name: SettingName, than other: SettingName) -> Bool {
        (rank(of: name) ?? .max) < (rank(of: other) ?? .max)
    }

    private func source(of name: SettingName) -> SettingSource? {
        rank(of: name).map { sources[$0] }
    }

    private func rank(of name: SettingName) -> Int? {
        sources.firstIndex { $0.values[name] != nil }
    }

    func one<Value>(
        _ name: SettingName,
        _ expectation: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> Value? {
        try many(name, expectation, read).last
    }

    /// - Parameters:
    ///   - name: The setting.
    ///   - expectation: What its values must be, as in “is not a path”.
    ///   - meant: What may have been meant by one that is not.
    ///   - read: Nil where a text is not.
    /// - Returns: The values of the strongest source that has any.
    /// - Throws: ``SettingError`` naming the first bad value and where it came from.
    func many<Value>(
        _ name: SettingName,
        _ expectation: String,
        meant: (String) -> String? = { _ in nil },
        _ read: (String) -> Value?
    ) throws(SettingError) -> [Value] {
        guard let source = source(of: name) else { return [] }
        var values: [Value] = []
        for text in source.values[name] ?? [] {
            guard let value = read(text) else {
                let shown = name.isSecret ? "what was given" : "“\(text.printable.cut(to: 100))”"
                let question = meant(text).map { "; did you mean \($0)?" } ?? ""
                throw SettingError(description: "\(source.label(name)): \(shown) is not \(expectation)\(question)")
            }
            values.append(value)
        }
        return values
    }

    /// The words that a setting knows.
    func choices<Choice: RawRepresentable & CaseIterable>(
        _ name: SettingName,
        _ type: Choice.Type
    ) throws(SettingError) -> [Choice] where Choice.RawValue == String {
        let known = type.allCases.map(\.rawValue)
        let expectation = "one of \(known.joined(separator: ", "))"
        return try many(name, expectation, meant: { $0.closest(among: known) }, Choice.init(rawValue:))
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

    func controlToken() throws(SettingError) -> String? {
        try one(.controlToken, "a token without white space") { text in
            text.isEmpty || text.contains(where: \.isWhitespace) || !text.isPlainText ? nil : text
        }
    }
}
