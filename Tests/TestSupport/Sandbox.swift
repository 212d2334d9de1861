package import ConnectServer
package import ConnectStorage
import Foundation
package import HTTPTypes
package import HummingbirdTesting
package import Logging
import NIOCore

/// The real application under test, on its own in-memory database, with a clock to move.
package struct Sandbox: Sendable {
    package let client: any TestClientProtocol
    package let database: SandboxDatabase
    package let environment: TestEnvironment

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - method: The HTTP method.
    ///   - path: The path with its query.
    ///   - bearer: A bearer token.
    ///   - headers: Further headers; they win over those that the other parameters imply.
    ///   - json: A JSON body.
    ///   - form: A form body, instead.
    ///   - text: A body as it is, instead.
    /// - Returns: The response.
    /// - Throws: What the transport does.
    package func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        bearer: String? = nil,
        headers: [String: String] = [:],
        json: JSONValue? = nil,
        form: String? = nil,
        text: String? = nil
    ) async throws -> Reply {
        var fields = HTTPFields()
        if let bearer { fields[.authorization] = "Bearer \(bearer)" }
        if json != nil { fields[.contentType] = "application/json" }
        if form != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let body = try json.map { try String(decoding: JSONEncoder().encode($0), as: UTF8.self) } ?? form ?? text
        return Reply(
            try await client.execute(
                uri: path,
                method: method,
                headers: fields,
                body: body.map(ByteBuffer.init(string:))
            )
        )
    }
}

/// Runs a test against a fresh sandbox.
///
/// - Parameters:
///   - setup: Through the router, or over a real socket.
///   - state: The state document to start from; the demo state where none is given.
///   - settings: What the server is started with.
///   - logger: What it logs to; to nobody where none is given.
///   - body: The test.
/// - Throws: What the test throws.
package func withSandbox(
    _ setup: TestingSetup = .router,
    state: String? = nil,
    settings: Settings = Settings(),
    logger: Logger = .nobody,
    _ body: @Sendable (Sandbox) async throws -> Void
) async throws {
    let environment = TestEnvironment()
    let database = try SandboxDatabase.inMemory(
        environment: environment.environment,
        choices: settings.choices
    )
    let document = try state.map { try StateDocument(parsing: $0, source: "state") } ?? StateDocument.demo()
    try await database.loadMissing([document])
    try await withSandbox(setup, database: database, environment: environment, settings: settings, logger: logger, body)
}

/// Runs a test against a sandbox on a given database.
package func withSandbox(
    _ setup: TestingSetup = .router,
    database: SandboxDatabase,
    environment: TestEnvironment,
    settings: Settings = Settings(),
    logger: Logger = .nobody,
    _ body: @Sendable (Sandbox) async throws -> Void
) async throws {
    let application = try buildApplication(settings: settings, database: database, logger: logger)
    try await Gate.sandboxes.pass {
        try await application.test(setup) { client in
            try await body(Sandbox(client: client, database: database, environment: environment))
        }
    }
}

extension Logger {
    /// Drops what it is given.
    package static let nobody = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
