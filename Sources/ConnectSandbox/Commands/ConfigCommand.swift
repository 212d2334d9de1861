import ArgumentParser
import ConnectCore
import ConnectServer
import Foundation

/// `connect-sandbox config`: what `serve` would be started with, and where each value comes from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings that serve would start with, and where each came from.",
        discussion: """
            It takes the flags of serve, and asks no server. A flag wins over its variable, that over the file, and \
            that over the default. Secrets that were given are not shown.
            """
    )

    @OptionGroup var options: SettingOptions

    @Flag(help: "Print JSON.")
    var json = false

    private var read = Held<ReadSettings>()

    mutating func validate() throws {
        // What is wrong is told with the command's own usage.
        read.value = try options.read()
    }

    func run() async throws {
        let read = try read.value ?? options.read()
        try await tellingFailure {
            let report = SettingsReport(settings: read.settings.inForce(from: read.sources))
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                try StandardOutput.write(line: encoder.encode(report))
            } else {
                try StandardOutput.write(line: Data(report.text.utf8))
            }
            for variable in read.sources.flatMap(\.strangers) {
                StandardError.tell("\(variable) is ignored: there is no such setting")
            }
        }
    }
}

/// The settings in force, as they are printed.
private struct SettingsReport: Encodable {
    struct Row: Encodable {
        let name: String
        /// As texts; none where it is not set.
        let values: [String]
        /// Null for the default.
        let origin: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(values, forKey: .values)
            try container.encode(origin, forKey: .origin)
        }

        enum CodingKeys: String, CodingKey {
            case name
            case values
            case origin = "from"
        }
    }

    let settings: [Row]

    init(settings: [SettingInForce]) {
        self.settings = settings.map { setting in
            Row(name: setting.name.rawValue, values: setting.values, origin: setting.origin)
        }
    }

    var text: String {
        let rows = settings.map { [$0.name, $0.values.joined(separator: ", ").printable, $0.origin ?? "default"] }
        return Table(titles: ["setting", "value", "from"], rows: rows).text
    }
}
