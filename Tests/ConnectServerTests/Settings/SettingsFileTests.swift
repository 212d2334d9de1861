import ConnectCore
import ConnectServer
import ConnectStorage
import Foundation
import Logging
import TestSupport
import Testing

@Suite("The settings file")
struct SettingsFileTests {
    @Test("is found in the working directory, and gives way to variables and flags")
    func precedence() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("port: 4700\nhost: 0.0.0.0\nlog-level: debug\n", to: "connect-sandbox.yaml")
            let settings = try Settings(
                sources: SettingSource.all(
                    flags: [.port: ["5000"]],
                    environment: ["CONNECT_SANDBOX_PORT": "6000", "CONNECT_SANDBOX_HOST": "::1"],
                    folder: folder.path
                )
            )
            #expect(settings.port == 5000)
            #expect(settings.host == "::1")
            #expect(settings.logLevel == .debug)
            #expect(settings.database == .file("connect-sandbox.sqlite"))
        }
    }

    @Test("is the one that a flag names, or else a variable, and then no other is read")
    func named() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("quiet: true\nport: 1\n", to: "connect-sandbox.yaml")
            let one = try folder.write("port: 2\n", to: "one.yaml")
            let other = try folder.write("port: 3\n", to: "other.yaml")
            func settings(_ flags: [SettingName: [String]], _ environment: [String: String]) throws -> Settings {
                try Settings(sources: SettingSource.all(flags: flags, environment: environment, folder: folder.path))
            }
            #expect(try settings([:], [:]).port == 1)
            #expect(try settings([.config: [one]], ["CONNECT_SANDBOX_CONFIG": other]).port == 2)
            let byVariable = try settings([:], ["CONNECT_SANDBOX_CONFIG": other])
            #expect(byVariable.port == 3)
            #expect(!byVariable.isQuiet)
            #expect(try settings([:], ["CONNECT_SANDBOX_CONFIG": ""]).port == 1)
        }
    }

    @Test("holds lists as lists, single values as lists of one, and texts as they are written")
    func values() throws {
        let settings = try Self.settings(
            """
            # Ours.
            relax: [client-auth-basic]
            allow-host:
              - a.example
              - B.example
            redirect-uri: https://a.example/?a,b
            client-secret: 0123
            port: 0
            quiet: yes
            code-lifetime: 90s
            """
        )
        #expect(settings.relaxations == [.clientAuthBasic])
        #expect(settings.allowedHosts == ["a.example", "b.example"])
        #expect(settings.demo.redirectURIs.map(\.rawValue) == ["https://a.example/?a,b"])
        #expect(settings.demo.clientSecret?.rawValue == "0123")
        #expect(settings.port == 0)
        #expect(settings.isQuiet)
        #expect(settings.choices.codeLifetime == 90)
    }

    @Test("may hold nothing", arguments: ["", "\n", "# nothing\n", "---\n", "{}", "allow-host: []"])
    func empty(text: String) throws {
        let settings = try Self.settings(text)
        #expect(settings.port == 4600)
        #expect(settings.allowedHosts.isEmpty)
    }

    @Test("takes paths from its own folder on, and leaves alone what is none or absolute")
    func paths() async throws {
        try await withTemporaryFolder { folder in
            let file = try folder.write(
                "database: a/b.sqlite\nstate: [c.yaml, /d.yaml]\nport-file: ../e\n",
                to: "f.yaml"
            )
            let settings = try Settings(sources: [.file(file)])
            #expect(settings.database == .file("\(folder.path)/a/b.sqlite"))
            #expect(settings.stateFiles == ["\(folder.path)/c.yaml", "/d.yaml"])
            #expect(settings.portFile == "\(folder.path)/../e")
        }
        #expect(try Self.settings("database: ':memory:'").database == .memory)
    }

    static let refusals: [(String, String)] = [
        ("prot: 1", ":1: there is no setting “prot”; did you mean “port”?"),
        ("port: 1\npublic_url: x", ":2: there is no setting “public_url”; did you mean “public-url”?"),
        ("publicURL: x", ":1: there is no setting “publicURL”; did you mean “public-url”?"),
        ("relaxe: x", ":1: there is no setting “relaxe”; did you mean “relax”?"),
        ("zebra: 1", ":1: there is no setting “zebra”; `connect-sandbox serve --help` lists them"),
        ("config: x", ":1: a file cannot name another by “config”"),
        ("[a]: 1", ":1: there is no setting “”; `connect-sandbox serve --help` lists them"),
        ("host: a\nport: 80a0", ":2: port: “80a0” is not a port from 0 to 65535"),
        ("client-secret: ' '", ":1: client-secret: what was given is not a client secret"),
        (
            "log-level: inf",
            ":1: log-level: “inf” is not one of trace, debug, info, notice, warning, error, critical; did you mean info?"
        ),
        ("allow-host: ['*', a]", ":1: allow-host: “*” is not a host name"),
        ("allow-host: a.example,b.example", ":1: allow-host: “a.example,b.example” is not a host name"),
        (#"port: "\e[31m\n""#, #":1: port: “\u{1B}[31m\n” is not a port from 0 to 65535"#),
        ("database: ':memory:'\nport: [1", ":3: is not YAML: did not find expected ',' or ']'"),
        ("port: [1]", ":1: port: must be one value"),
        ("port: {a: 1}", ":1: port: must be one value"),
        ("state: {a: 1}", ":1: state: must be a value, or a list of them"),
        ("state: [[a]]", ":1: state: must be one value"),
        ("port:", ":1: port: has no value; without the line the default holds"),
        ("port: ~", ":1: port: has no value; without the line the default holds"),
        ("port: 1\nport: 2", ":1: repeats the field “port”"),
        ("- port", ":1: must be settings and their values, such as “port: 4700”"),
        ("port", ":1: must be settings and their values, such as “port: 4700”"),
        ("a: b: c", ":1: is not YAML: mapping values are not allowed in this context"),
        (
            "database: :memory:",
            ":1: is not YAML: mapping values are not allowed in this context; a value with a colon at its end needs "
                + "quotes: ':memory:'"
        ),
    ]

    @Test("is refused where it is wrong, with the line and what may have been meant", arguments: refusals)
    func refused(text: String, sentence: String) async throws {
        try await withTemporaryFolder { folder in
            let path = try folder.write(text, to: "connect-sandbox.yaml")
            let error = try #require(throws: SettingError.self) {
                try Settings(sources: SettingSource.all(environment: [:], folder: folder.path))
            }
            #expect(error.description == path + sentence)
        }
    }

    @Test("is refused where it is named and cannot be read")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            for path in ["\(folder.path)/none.yaml", folder.path] {
                let error = try #require(throws: SettingError.self) {
                    try Settings(sources: SettingSource.all(flags: [.config: [path]], environment: [:]))
                }
                #expect(error.description == "the settings file \(path) cannot be read")
            }
            let path = "\(folder.path)/latin.yaml"
            try Data([0x68, 0xE9]).write(to: URL(filePath: path))
            let error = try #require(throws: SettingError.self) { try SettingSource.file(path) }
            #expect(error.description == "the settings file \(path) is not UTF-8")
        }
    }

    @Test("tells commands where the server is")
    func clients() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("port: 4700\nhost: 0.0.0.0\n", to: "connect-sandbox.yaml")
            #expect(
                try ServerAddress(url: nil, environment: [:], folder: folder.path).description
                    == "http://127.0.0.1:4700"
            )
            #expect(
                try ServerAddress(
                    url: nil,
                    environment: ["CONNECT_SANDBOX_PORT": "4800"],
                    folder: folder.path
                ).description == "http://127.0.0.1:4800"
            )
            let path = try folder.write("port: 0\n", to: "connect-sandbox.yaml")
            let error = try #require(throws: SettingError.self) {
                try ServerAddress(url: nil, environment: [:], folder: folder.path)
            }
            #expect(error.description.hasPrefix("\(path):1: port: port 0 is one that the server picks"))
        }
    }

    private static func settings(_ text: String) throws -> Settings {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try Settings(sources: [.file(folder.write(text, to: "settings.yaml"))])
    }
}

extension URL {
    /// Writes a file into this folder.
    ///
    /// - Returns: Its path.
    @discardableResult
    fileprivate func write(_ text: String, to name: String) throws -> String {
        let file = appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }
}
