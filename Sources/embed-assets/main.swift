import Foundation

// Usage: embed-assets OUTPUT FILE... Writes a Swift file that holds each file's text as a string literal.

let arguments = CommandLine.arguments.dropFirst().map { URL(filePath: $0) }
guard let output = arguments.first else { exit(64) }

var source = "/// The files compiled into this module, by file name.\nenum EmbeddedFiles {\n"
source += "    static let byName: [String: String] = [\n"
for file in arguments.dropFirst() {
    let text = try String(contentsOf: file, encoding: .utf8)
    source += "        \"\(file.lastPathComponent)\": ####\"\"\"\n\(text)\n\"\"\"####,\n"
}
source += arguments.count == 1 ? "        :\n" : ""
source += "    ]\n}\n"
try source.write(to: output, atomically: true, encoding: .utf8)
