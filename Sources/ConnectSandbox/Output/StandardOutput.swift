import Foundation

/// Where commands print.
enum StandardOutput {
    /// Prints a text that ends with a line break, whether it had one or not.
    ///
    /// - Parameter text: The text.
    /// - Throws: ``CommandFailure`` where nobody takes it.
    static func write(line text: Data) throws(CommandFailure) {
        do {
            try FileHandle.standardOutput.write(contentsOf: text.endingWithLineBreak)
        } catch {
            throw CommandFailure(description: "the standard output cannot be written to")
        }
    }
}

extension Data {
    var endingWithLineBreak: Data {
        last == UInt8(ascii: "\n") ? self : self + "\n".utf8
    }
}
