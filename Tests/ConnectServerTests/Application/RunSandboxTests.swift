import ConnectCore
import ConnectServer
import ConnectStorage
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import UnixSignals

@Suite("Starting and stopping")
struct RunSandboxTests {
    @Test("the banner shows address, credentials and relaxations; the port file holds the bound port")
    func start() async throws {
        try await withTemporaryFolder { folder in
            var settings = Settings()
            settings.port = 0
            settings.portFile = folder.appending(path: "port").path
            settings.database = .memory
            settings.relaxations = [.clientAuthBasic]
            settings.demo.clientID = ClientID(rawValue: "my-client")
            settings.demo.clientSecret = ClientSecret(rawValue: "it's secret")
            let banner = try await run(settings) { port, _ in
                #expect(try String(contentsOfFile: folder.appending(path: "port").path, encoding: .utf8) == "\(port)\n")
                let server = try ServerAddress(url: "http://127.0.0.1:\(port)", environment: [:])
                #expect(await ReadinessCheck(server: server).problem(within: .seconds(5), retrying: false) == nil)
            }
            #expect(banner.contains("client_id      my-client"))
            #expect(
                banner.contains(
                    /client_secret  \[hidden\]; connect-sandbox state export --all --url http:\/\/127\.0\.0\.1:\d+ tells it/
                )
            )
            #expect(!banner.contains("secret\""))
            #expect(!banner.contains("it's secret"))
            #expect(banner.contains("relaxed        client-auth-basic"))
        }
    }

    @Test("a busy port is named, with the flag that chooses another")
    func busyPort() async throws {
        var settings = Settings()
        settings.port = 0
        settings.database = .memory
        _ = try await run(settings) { port, _ in
            var second = Settings()
            second.port = port
            second.database = .memory
            let error = try await #require(throws: StartError.self) {
                _ = try await run(second) { _, _ in }
            }
            #expect(
                error.description
                    == "port \(port) on 127.0.0.1 is in use already; choose another with --port (0 picks a free one)"
            )
        }
    }

    @Test("a port file of an earlier server is gone before another one starts, or does not")
    func stalePortFile() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "port").path
            try "1\n".write(toFile: file, atomically: true, encoding: .utf8)
            var settings = Settings()
            settings.port = 0
            settings.portFile = file
            settings.database = .file(folder.appending(path: "missing/sandbox.sqlite").path)
            await #expect(throws: DatabaseOpenError.self) { _ = try await run(settings) { _, _ in } }
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test("a restart on the same file keeps state and tokens")
    func restart() async throws {
        try await withTemporaryFolder { folder in
            var settings = Settings()
            settings.port = 0
            settings.database = .file(folder.appending(path: "sandbox.sqlite").path)
            let token = Mutex("")
            _ = try await run(settings) { _, send in
                let body = """
                    {"grant_type":"client_credentials","client_id":"demo-client","client_secret":"demo-secret"}
                    """
                let reply = try await send("POST", "/v2/oauth/token", nil, body)
                let issued = try #require(reply.firstMatch(of: /"access_token":"([^"]+)"/)).1
                token.withLock { $0 = String(issued) }
            }
            _ = try await run(settings) { _, send in
                let bearer = token.withLock { $0 }
                let reply = try await send("GET", "/v2/fulfillment/users/linked-inactive/link", bearer, nil)
                #expect(reply.hasPrefix("HTTP/1.1 200 OK"))
            }
        }
    }

    @Test("a state document that cannot be read, is wrong or is in conflict ends the start with its sentence")
    func badState() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "bad.yaml").path
            try "id: a\nnmae: b\n".write(toFile: path, atomically: true, encoding: .utf8)
            var settings = Settings()
            settings.port = 0
            settings.database = .memory
            settings.stateFiles = [path]
            do {
                _ = try await run(settings) { _, _ in }
                Issue.record("the document was taken")
            } catch {
                #expect("\(error)".hasPrefix("\(path):2: has no field “nmae”"))
            }
            try "applications: [{redirect_uris: []}]".write(toFile: path, atomically: true, encoding: .utf8)
            do {
                _ = try await run(settings) { _, _ in }
                Issue.record("the document was taken")
            } catch {
                #expect("\(error)".hasPrefix("the state document \(path) has a retailer without id and client_id"))
            }
            settings.stateFiles = [path + "x"]
            do {
                _ = try await run(settings) { _, _ in }
                Issue.record("the document was taken")
            } catch {
                #expect("\(error)" == "the state document \(path)x cannot be read")
            }
        }
    }

    @Test("it ends by itself when its time is over, or its parent is no longer the one that started it")
    func ends() async throws {
        let changes: [(inout Settings) -> Void] = [{ $0.exitAfter = 1 }, { $0.exitsWithParent = true }]
        for (change, reason) in zip(changes, ["--exit-after", "--exit-with-parent"]) {
            var settings = Settings()
            settings.port = 0
            settings.database = .memory
            change(&settings)
            let capture = try LogCapture(.text)
            try await runSandbox(
                settings: settings,
                environment: .system,
                logger: capture.logger(),
                signals: [],
                // Nobody's parent.
                parent: ProcessID(number: 0),
                print: { _ in }
            )
            #expect(try capture.lines().count == 1)
            #expect(try capture.text().contains(reason))
        }
    }

    @Test("as JSON, the log says what the banner does, but for secrets")
    func startAsJSON() async throws {
        var settings = Settings()
        settings.port = 0
        settings.database = .memory
        settings.exitAfter = 1
        settings.relaxations = [.clientAuthBasic]
        settings.logFormat = .json
        let capture = try LogCapture(.json)
        try await runSandbox(
            settings: settings,
            environment: .system,
            logger: capture.logger(),
            signals: [],
            print: { Issue.record("printed \($0)") }
        )
        let messages = try capture.lines().map { try JSONValue(parsing: Data($0.utf8)) }
        let start = try #require(messages.first { $0["message"]?.string == "listening" })
        #expect(start["address"]?.string?.hasPrefix("http://127.0.0.1:") == true)
        #expect(start["client_id"]?.string == "demo-client")
        #expect(messages.contains { $0["message"]?.string?.hasPrefix("relaxed client-auth-basic") == true })
        #expect(try !capture.text().contains("demo-secret"))
    }

    private typealias Send =
        @Sendable (
            _ method: String, _ path: String, _ bearer: String?, _ json: String?
        ) async throws -> String

    /// Runs a server until `body` is done, then stops it gracefully.
    ///
    /// - Returns: What it printed.
    private func run(
        _ settings: Settings,
        _ body: @escaping @Sendable (_ port: Int, _ send: @escaping Send) async throws -> Void
    ) async throws -> String {
        let (banners, continuation) = AsyncStream.makeStream(of: String.self)
        return try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                defer { continuation.finish() }
                var logger = Logger(label: "test")
                logger.logLevel = .critical
                try await runSandbox(
                    settings: settings,
                    environment: .system,
                    logger: logger,
                    signals: [],
                    print: { continuation.yield($0) }
                )
                return nil
            }
            group.addTask {
                for await banner in banners {
                    let address = try #require(banner.firstMatch(of: /listens on http:\/\/127\.0\.0\.1:(\d+)/))
                    let port = try #require(Int(address.1))
                    let server = try ServerAddress(url: "http://127.0.0.1:\(port)", environment: [:])
                    _ = await ReadinessCheck(server: server).problem(within: .seconds(5), retrying: true)
                    try await body(port) { method, path, bearer, json in
                        let headers = [
                            ("Content-Type", "application/json"), ("Authorization", "Bearer \(bearer ?? "none")"),
                        ]
                        return try await rawExchange(
                            rawRequest(method, path, headers: headers, body: json),
                            port: port
                        )
                    }
                    return banner
                }
                return nil
            }
            var printed: String?
            do {
                for try await banner in group {
                    printed = banner ?? printed
                    group.cancelAll()
                }
            } catch is CancellationError {
                // The server was cancelled, as intended.
            }
            return printed ?? ""
        }
    }
}
