import ConnectServer
import Foundation

/// A running server, and how its answers are shown.
struct ControlSession {
    let client: ControlClient
    /// Whether answers are printed as they came, for programs.
    let printsJSON: Bool

    /// Sends a request without body.
    ///
    /// - Returns: The answer.
    /// - Throws: `ControlClientError`.
    @discardableResult
    func send(_ method: ControlClient.Method, _ path: ControlPath) async throws -> Data {
        try await client.send(method, path)
    }

    /// Sends a request with a JSON body.
    ///
    /// - Returns: The answer.
    /// - Throws: `ControlClientError`.
    @discardableResult
    func send(_ method: ControlClient.Method, _ path: ControlPath, _ body: some Encodable) async throws -> Data {
        let body = ControlClient.Body(try JSONEncoder().encode(body), format: .json)
        do {
            return try await client.send(method, path, body: body)
        } catch {
            throw error.namingOptions
        }
    }

    /// Sends a state document.
    ///
    /// - Returns: The answer.
    /// - Throws: `ControlClientError`, or `CommandFailure` where the document cannot be read.
    func send(
        _ method: ControlClient.Method,
        _ path: ControlPath,
        document: StateFile
    ) async throws -> Data {
        let body = try document.body()
        do {
            return try await client.send(method, path, body: body)
        } catch {
            throw error.naming(document: document.name)
        }
    }

    /// Reads an answer that the command itself needs.
    ///
    /// - Throws: `ControlClientError` where the answer is another one.
    func decode<Answer: Decodable>(_ answer: Data, as type: Answer.Type) throws -> Answer {
        try client.decode(answer, as: type)
    }

    /// Prints an answer.
    ///
    /// - Throws: `ControlClientError` where the answer is another one, or `CommandFailure`.
    func show<Answer: ShownAnswer>(_ answer: Data, as type: Answer.Type) throws {
        try show(answer, as: type, by: \.text)
    }

    /// Prints an answer as something of the command's own says it.
    ///
    /// - Throws: `ControlClientError` where the answer is another one, or `CommandFailure`.
    func show<Answer: Decodable>(_ answer: Data, as type: Answer.Type, by text: (Answer) -> String) throws {
        if printsJSON {
            try StandardOutput.write(line: answer)
        } else {
            try StandardOutput.write(line: Data(text(decode(answer, as: type)).utf8))
        }
    }

    /// Prints what has no answer of its own.
    ///
    /// - Throws: `CommandFailure`.
    func show(_ value: some ShownAnswer & Encodable) throws {
        if printsJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try StandardOutput.write(line: encoder.encode(value))
        } else {
            try StandardOutput.write(line: Data(value.text.utf8))
        }
    }

    /// Tells a person what was done; a program has the exit code.
    ///
    /// - Throws: `CommandFailure`.
    func confirm(_ sentence: String) throws {
        if !printsJSON { try StandardOutput.write(line: Data(sentence.utf8)) }
    }
}
