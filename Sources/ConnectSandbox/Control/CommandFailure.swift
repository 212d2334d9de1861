import ArgumentParser

/// Why a command did not do what it was asked, in one sentence that may be followed by what there was instead.
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
        StandardError.tell("\(error)")
        throw ExitCode.failure
    }
}
