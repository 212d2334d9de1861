import ArgumentParser
import Foundation

/// Why a command did not do what it was asked, in one sentence.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
}

/// Does a command's work, and tells the standard error why it failed where it does.
///
/// - Parameter work: The work.
/// - Throws: `ExitCode.failure`.
func tellingFailure(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch {
        FileHandle.standardError.write(Data("connect-sandbox: \(error)\n".utf8))
        throw ExitCode.failure
    }
}
