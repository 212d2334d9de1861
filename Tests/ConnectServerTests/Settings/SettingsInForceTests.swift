import ConnectServer
import Foundation
import TestSupport
import Testing

@Suite("Settings in force")
struct SettingsInForceTests {
    /// A value for every setting, none of them the default.
    static let values: [SettingName: [String]] = [
        .host: ["0.0.0.0"], .port: ["4700"], .portFile: ["/port"], .publicURL: ["https://a.example"],
        .database: ["/a.sqlite"], .state: ["/a.yaml", "/b.yaml"], .clientID: ["a-client"], .clientSecret: ["a secret"],
        .redirectURI: ["https://a.example/a", "https://a.example/b"], .relax: ["client-auth-basic"],
        .assume: ["lone-error-listed", "relink-refused"], .codeLifetime: ["90s"], .tokenLifetime: ["2m"],
        .rateLimit: ["7"], .seed: ["42"], .allowHost: ["a.example"], .controlToken: ["a-token"],
        .corsOrigin: ["http://a.example:3000"], .noFaultHeader: ["true"], .journalCount: ["9"],
        .journalBytes: ["70000"], .authorizePath: ["/authorize"], .autoApprove: ["a@example.com"],
        .noScriptedConsent: ["true"], .exitAfter: ["1m"], .exitWithParent: ["true"], .quiet: ["true"],
        .logLevel: ["debug"], .logFormat: ["json"],
    ]

    @Test("are every value that was given, by the name of its flag")
    func flags() throws {
        let settings = try Self.inForce(.flags(Self.values))
        #expect(settings.map(\.name) == SettingName.allCases)
        for setting in settings where setting.name != .config {
            let isSecret = [.clientSecret, .controlToken].contains(setting.name)
            #expect(setting.values == (isSecret ? ["[hidden]"] : Self.values[setting.name]), "\(setting.name)")
            #expect(setting.origin == setting.name.flag)
        }
    }

    @Test("are the defaults where nothing was given, which differ from every value above")
    func defaults() throws {
        let settings = try Self.inForce(.flags([:]), .environment([:]))
        for setting in settings where setting.name != .config {
            #expect(setting.origin == nil, "\(setting.name)")
            #expect(setting.values != Self.values[setting.name], "\(setting.name)")
        }
        #expect(settings.first { $0.name == .port }?.values == ["4600"])
        #expect(settings.first { $0.name == .rateLimit }?.values == [])
    }

    @Test("name the variable or the line of the file that each came from")
    func origins() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "connect-sandbox.yaml").path
            let lines = ["host: a", "port: 1", "database: b", "log-level: debug"]
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let settings = try Self.inForce(
                of: SettingSource.all(
                    flags: [.host: ["b"]],
                    environment: ["CONNECT_SANDBOX_PORT": "2", "CONNECT_SANDBOX_HOST": "c"],
                    folder: folder.path
                )
            )
            let origins = Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.origin) })
            #expect(origins[.host] == "--host")
            #expect(origins[.port] == "CONNECT_SANDBOX_PORT")
            #expect(origins[.database] == "\(file):3")
            #expect(origins[.logLevel] == "\(file):4")
            #expect(origins[.config] == "working directory")
            #expect(origins[.seed] == .some(nil))
            let values = Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.values) })
            #expect(values[.config] == [file])
            #expect(values[.port] == ["2"])
        }
    }

    @Test("say which setting decided about another one")
    func implied() throws {
        let settings = try Self.inForce(.flags([.seed: ["1"]]), .environment(["CONNECT_SANDBOX_QUIET": "true"]))
        let database = try #require(settings.first { $0.name == .database })
        #expect(database.values == [":memory:"])
        #expect(database.origin == "with --seed")
        let level = try #require(settings.first { $0.name == .logLevel })
        #expect(level.values == ["warning"])
        #expect(level.origin == "with CONNECT_SANDBOX_QUIET")
    }

    @Test("quiet wins over a log level of a weaker place, and gives way to one of the same")
    func quiet() throws {
        let quiet: [SettingName: [String]] = [.quiet: ["true"]]
        let debug: [SettingName: [String]] = [.logLevel: ["debug"]]
        func level(_ sources: SettingSource...) throws -> SettingInForce? {
            try Self.inForce(of: sources).first { $0.name == .logLevel }
        }
        let won = try level(.flags(quiet), .environment(["CONNECT_SANDBOX_LOG_LEVEL": "debug"]))
        #expect(won?.values == ["warning"])
        #expect(won?.origin == "with --quiet")
        let lost = try level(.flags(debug), .environment(["CONNECT_SANDBOX_QUIET": "true"]))
        #expect(lost?.values == ["debug"])
        #expect(lost?.origin == "--log-level")
        #expect(try level(.flags(quiet.merging(debug) { $1 }))?.values == ["debug"])
    }

    @Test(
        "can be given again: durations are in a unit that they can be read in",
        arguments: [
            ("90s", "90s"), ("120s", "2m"), ("24h", "24h"), ("1d", "24h"), ("48h", "2d"), ("60m", "1h"),
            ("365d", "365d"), ("999999d", "999999d"), ("61m", "61m"),
        ]
    )
    func durations(given: String, shown: String) throws {
        let settings = try Self.inForce(.flags([.tokenLifetime: [given], .exitAfter: [given]]))
        for name in [SettingName.tokenLifetime, .exitAfter] {
            let values = try #require(settings.first { $0.name == name }).values
            #expect(values == [shown])
            let again = try Self.inForce(.flags([name: values])).first { $0.name == name }
            #expect(again?.values == values)
        }
    }

    @Test("are read from every place alike: each value means the same as flag, variable and line")
    func alike() async throws {
        try await withTemporaryFolder { folder in
            let environment = Self.values.map { ($0.variable, $1.joined(separator: ",")) }
            let file = folder.appending(path: "settings.yaml").path
            let lines = try Self.values.map { name, values in
                "\(name.rawValue): \(String(decoding: try JSONEncoder().encode(values), as: UTF8.self))"
            }
            try lines.joined(separator: "\n").replacing(/(?m)^(?!state|redirect|relax|assume|allow)(.*): \[(.*)\]$/) {
                "\($0.1): \($0.2)"
            }
            .write(toFile: file, atomically: true, encoding: .utf8)
            let byFlags = try Self.inForce(.flags(Self.values))
            let sources: [SettingSource] = [
                .environment(Dictionary(uniqueKeysWithValues: environment)), try .file(file),
            ]
            for source in sources {
                let settings = try Self.inForce(source)
                #expect(settings.dropFirst().map(\.values) == byFlags.dropFirst().map(\.values))
                #expect(settings.allSatisfy { $0.origin != nil || $0.name == .config })
            }
        }
    }

    static let misspellings: [(String, String)] = [
        ("CONNECT_SANDBOX_PROT", "CONNECT_SANDBOX_PORT"), ("CONNECT_SANDBOX_LOGLEVEL", "CONNECT_SANDBOX_LOG_LEVEL"),
        ("CONNECT_SANDBOX_REDIRECT_URIS", "CONNECT_SANDBOX_REDIRECT_URI"),
        ("CONNECT_SANDBOX_ALLOWED_HOST", "CONNECT_SANDBOX_ALLOW_HOST"),
        ("CONNECT_SANDBOX_RETAILR", "CONNECT_SANDBOX_RETAILER"),
    ]

    @Test("are refused where a variable is misspelt, with the one that was meant", arguments: misspellings)
    func misspelt(variable: String, meant: String) throws {
        let error = try #require(throws: SettingError.self) {
            try SettingSource.all(environment: [variable: "1"])
        }
        #expect(error.description == "\(variable): there is no such setting; did you mean \(meant)?")
    }

    @Test("leave alone what others call theirs: a CI system, Kubernetes, the commands")
    func strangers() throws {
        let names = [
            "CONNECT_SANDBOX_IMAGE", "CONNECT_SANDBOX_VERSION", "CONNECT_SANDBOX_BINARY",
            "CONNECT_SANDBOX_SERVICE_HOST",
            "CONNECT_SANDBOX_SERVICE_PORT", "CONNECT_SANDBOX_PORT_4600_TCP_ADDR",
        ]
        let own = ["CONNECT_SANDBOX_URL", "CONNECT_SANDBOX_RETAILER", "CONNECT_SANDBOXES"]
        let source = SettingSource.environment(Dictionary(uniqueKeysWithValues: (names + own).map { ($0, "1") }))
        _ = try SettingSource.all(environment: Dictionary(uniqueKeysWithValues: (names + own).map { ($0, "1") }))
        #expect(source.strangers == names.sorted())
    }

    private static func inForce(_ sources: SettingSource...) throws -> [SettingInForce] {
        try inForce(of: sources)
    }

    private static func inForce(of sources: [SettingSource]) throws -> [SettingInForce] {
        try Settings(sources: sources).inForce(from: sources)
    }
}
