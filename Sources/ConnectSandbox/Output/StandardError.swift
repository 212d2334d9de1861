import Foundation

/// Where commands say what is not their result.
enum StandardError {
    /// Says something, under the command's name.
    ///
    /// - Parameter text: A sentence, or more than one line of them.
    static func tell(_ text: String) {
        // Where nobody listens, there is nobody to tell.
        try? FileHandle.standardError.write(contentsOf: Data("connect-sandbox: \(text)\n".utf8))
    }
}
