import ArgumentParser
import ConnectServer
import Foundation

/// A state document on the command line: a file, or `-` for the standard input or output.
struct StateFile: ExpressibleByArgument {
    private let path: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        path = argument
    }

    /// What the document is called where something is wrong with it.
    var name: String { path == "-" ? "standard input" : path }
    var isStandardStream: Bool { path == "-" }
    var isNamedJSON: Bool { path.lowercased().hasSuffix(".json") }

    /// Reads the document.
    ///
    /// - Returns: It, as the body of a request.
    /// - Throws: ``CommandFailure``.
    func body() throws(CommandFailure) -> ControlClient.Body {
        let data: Data
        do {
            if isStandardStream {
                data = try FileHandle.standardInput.readToEnd() ?? Data()
            } else {
                data = try NamedFile(path: path).read()
            }
        } catch {
            throw CommandFailure(description: "the state document \(name) cannot be read")
        }
        // YAML, of which JSON is a part, is right for whatever does not say what it is.
        return ControlClient.Body(data, format: isNamedJSON ? .json : .yaml)
    }

    /// Writes a document.
    ///
    /// - Parameter document: The document.
    /// - Throws: ``CommandFailure``.
    func write(_ document: Data) throws(CommandFailure) {
        do {
            try NamedFile(path: path).write(document)
        } catch {
            throw CommandFailure(description: "the state document \(path) cannot be written")
        }
    }
}
