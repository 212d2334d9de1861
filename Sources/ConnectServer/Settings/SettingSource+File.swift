import ConnectCore
import ConnectStorage
import Foundation
import Yams

extension SettingSource {
    /// The file that is read where none is named, in the working directory.
    package static let usualFile = "connect-sandbox.yaml"

    /// Everything that settings come from, the strongest first: flags, environment, file.
    ///
    /// - Parameters:
    ///   - flags: The flags that were given.
    ///   - environment: All variables.
    ///   - folder: The working directory.
    /// - Returns: The sources.
    /// - Throws: ``SettingError`` naming the file, and the line where there is one.
    package static func all(
        flags: [SettingName: [String]] = [:],
        environment: [String: String],
        folder: String = "."
    ) throws(SettingError) -> [SettingSource] {
        let variables = self.environment(environment)
        try variables.refuseMisspelt()
        let given = [self.flags(flags), variables]
        if let named = try SettingValues(sources: given).one(.config, "a path", { $0.isBlank ? nil : $0 }) {
            return given + [try file(named)]
        }
        let usual = folder == "." ? usualFile : "\(folder)/\(usualFile)"
        guard FileManager.default.fileExists(atPath: usual) else { return given }
        return given + [try file(usual)]
    }

    /// A file of settings: YAML, each by its name, lists as lists.
    ///
    /// - Parameter path: Where it is.
    /// - Returns: The source; it names itself as the setting `config`.
    /// - Throws: ``SettingError`` naming the file and the line.
    package static func file(_ path: String) throws(SettingError) -> SettingSource {
        guard let data = try? NamedFile(path: path).read() else {
            throw SettingError(description: "the settings file \(path) cannot be read")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw SettingError(description: "the settings file \(path) is not UTF-8")
        }
        return try file(path, holding: text)
    }

    private static func file(_ path: String, holding text: String) throws(SettingError) -> SettingSource {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            let problem = error as? YamlError
            let place = problem?.line.map { "\(path):\($0)" } ?? path
            let hint =
                text.contains(/(?m)^[^#\n]*:\s+:memory:\s*(?:#.*)?$/)
                ? "; a value with a colon at its end needs quotes: ':memory:'" : ""
            throw SettingError(description: "\(place): \(problem?.sentence ?? "is not YAML")\(hint)")
        }
        var file = SettingsFile(path: path)
        // One of comments only holds nothing.
        if let root, !root.isNull { try file.read(root) }
        return file.source
    }
}

/// What a file of settings holds, and where.
private struct SettingsFile {
    let path: String
    private var values: [SettingName: [String]] = [:]
    private var lines: [SettingName: Int] = [:]

    init(path: String) {
        self.path = path
    }

    var source: SettingSource {
        let values = values.merging([.config: [path]]) { value, _ in value }
        let place: @Sendable (SettingName) -> String = { [path, lines] name in
            name == .config ? "working directory" : lines[name].map { "\(path):\($0)" } ?? path
        }
        return SettingSource(values: values, place: place, placesNameSettings: false)
    }

    mutating func read(_ root: Node) throws(SettingError) {
        guard case .mapping(let mapping) = root else {
            throw error(root, "must be settings and their values, such as “port: 4700”")
        }
        for (key, value) in mapping {
            let name = try name(key)
            lines[name] = key.mark?.line
            let texts = try texts(value, of: name)
            if !texts.isEmpty { values[name] = texts.map { name.isPath ? beside($0) : $0 } }
        }
    }

    private func name(_ key: Node) throws(SettingError) -> SettingName {
        let text = key.scalar?.string ?? ""
        if let name = SettingName(rawValue: text), name != .config { return name }
        if text == SettingName.config.rawValue { throw error(key, "a file cannot name another by “\(text)”") }
        let meant = SettingName.closest(to: text)
        let hint = meant.map { "did you mean “\($0.rawValue)”?" } ?? "`connect-sandbox serve --help` lists them"
        throw error(key, "there is no setting “\(text.printable.cut(to: 100))”; \(hint)")
    }

    private func texts(_ value: Node, of name: SettingName) throws(SettingError) -> [String] {
        switch value {
        case .sequence(let sequence) where name.isList:
            var texts: [String] = []
            for element in sequence { texts.append(try text(element, of: name)) }
            return texts
        case .scalar:
            return [try text(value, of: name)]
        default:
            throw error(value, "\(name.rawValue): must be \(name.isList ? "a value, or a list of them" : "one value")")
        }
    }

    /// As it is written: a number keeps its zeros.
    private func text(_ value: Node, of name: SettingName) throws(SettingError) -> String {
        guard let scalar = value.scalar else { throw error(value, "\(name.rawValue): must be one value") }
        guard !value.isNull else {
            throw error(value, "\(name.rawValue): has no value; without the line the default holds")
        }
        return scalar.string
    }

    private func beside(_ path: String) -> String {
        // A pipe's name says nothing of where its text came from.
        let hasPlace = !self.path.hasPrefix("/dev/") && !self.path.hasPrefix("/proc/")
        guard hasPlace, !path.isBlank, !path.hasPrefix("/"), path != ":memory:" else { return path }
        return self.path.lastIndex(of: "/").map { self.path[...$0] + path } ?? path
    }

    private func error(_ node: Node, _ reason: String) -> SettingError {
        SettingError(description: "\(node.mark.map { "\(path):\($0.line)" } ?? path): \(reason)")
    }
}
