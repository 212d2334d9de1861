package import ConnectCore
import ConnectStorage
import Foundation
package import Logging
import NIOCore
import ServiceLifecycle
package import UnixSignals

/// Why a server did not start.
///
/// Its description is one sentence that names the culprit.
package struct StartError: Error, CustomStringConvertible {
    package let description: String
}

/// Runs a server until it is told to stop: opens the database, loads what is missing of the state, listens.
///
/// - Parameters:
///   - settings: What to run with.
///   - environment: The time and the randomness.
///   - logger: Where exchanges and failures are told.
///   - signals: What stops it gracefully.
///   - parent: The process that started it, which it may stop with.
///   - print: Shows text to whoever started it.
/// - Throws: ``StartError``, `DatabaseOpenError`, `StateDocumentError` or `ControlRefusal`, each one sentence.
package func runSandbox(
    settings: Settings,
    environment: SandboxEnvironment,
    logger: Logger,
    signals: [UnixSignal],
    parent: ProcessID = .starter,
    print: @escaping @Sendable (String) -> Void
) async throws {
    let documents = try settings.stateDocuments()
    try settings.clearPortFile()
    let database = try settings.openDatabase(environment: environment)
    if settings.seed != nil, try await database.retailerCount() > 0 {
        throw StartError(
            description: "--seed needs an empty database, and \(settings.database.name) holds retailers already; "
                + "name another with --database, or :memory:"
        )
    }
    let shownApplication: ConnectCore.Application?
    do {
        if documents.isEmpty {
            try await database.loadIfNew(StateDocument.demo())
        } else {
            try await database.loadMissing(documents)
        }
        try await database.adjustDemo(settings.demo)
        shownApplication = try await database.firstApplication()
    } catch let refusal as Refusal {
        throw StartError(description: "the database \(settings.database.name) cannot be used: \(refusal.reason)")
    }
    let (failures, failure) = AsyncStream.makeStream(of: StartError.self)
    let application = try buildApplication(settings: settings, database: database, logger: logger) { port, publicURL in
        let banner = Banner(
            address: settings.address(port: port),
            publicURL: publicURL,
            database: settings.database,
            application: shownApplication,
            settings: settings
        )
        switch settings.logFormat {
        case .text where !settings.isQuiet: print(banner.text)
        case .text: break
        case .json: banner.log(to: logger)
        }
        do throws(StartError) {
            try settings.writePortFile(port)
        } catch {
            failure.yield(error)
        }
    }
    let lasting: [any Service] = [application, FailureWatch(failures: failures, end: failure)]
    let ending = settings.endingServices(parent: parent, logger: logger)
    var configuration = ServiceGroupConfiguration(
        services: lasting.map { .init(service: $0) }
            + ending.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
        gracefulShutdownSignals: signals,
        logger: logger.ofLibraries
    )
    configuration.maximumGracefulShutdownDuration = .seconds(5)
    do {
        try await ServiceGroup(configuration: configuration).run()
    } catch let error as IOError {
        throw StartError(description: settings.explain(error))
    } catch is SocketAddressError.UnknownHost {
        throw StartError(description: "\(settings.host) is no name that this machine knows; choose another with --host")
    }
    try database.close()
}

extension Settings {
    fileprivate func stateDocuments() throws -> [StateDocument] {
        try stateFiles.map { path in
            guard let data = try? NamedFile(path: path).read() else {
                throw StartError(description: "the state document \(path) cannot be read")
            }
            guard let text = String(bytes: data, encoding: .utf8) else {
                throw StartError(description: "the state document \(path) is not UTF-8")
            }
            let document = try StateDocument(parsing: text, source: path, authorizePath: authorizePath)
            guard document.retailers.allSatisfy(\.isRecognizable) else {
                throw StartError(
                    description: "the state document \(path) has a retailer without id and client_id, "
                        + "which would be loaded again at every start; give it an id"
                )
            }
            return document
        }
    }

    fileprivate func openDatabase(environment: SandboxEnvironment) throws -> SandboxDatabase {
        let environment = seed.map { SandboxEnvironment.seeded($0, now: environment.now) } ?? environment
        let clock: RetailerClock = seed == nil ? .real : .frozen(at: SandboxEnvironment.seededStart)
        return switch database {
        case .memory: try .inMemory(environment: environment, choices: choices, startingClock: clock)
        case .file(let path):
            try .open(path: path, environment: environment, choices: choices, startingClock: clock)
        }
    }

    /// What ends the server when it is done.
    fileprivate func endingServices(parent: ProcessID, logger: Logger) -> [any Service] {
        var services: [any Service] = []
        if let exitAfter { services.append(ExitTimer(seconds: exitAfter, logger: logger)) }
        if exitsWithParent { services.append(ParentWatch(parent: parent, logger: logger)) }
        return services
    }

    fileprivate func address(port: Int) -> String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }

    fileprivate func explain(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "port \(port) on \(host) is in use already; choose another with --port (0 picks a free one)"
        case EACCES: "port \(port) on \(host) may not be used by this user; choose another with --port"
        case EADDRNOTAVAIL: "\(host) is no address of this machine; choose another with --host"
        default: "\(address(port: port)) cannot be listened on: \(error)"
        }
    }

    /// Before anybody is listened to: whoever waits for the file would wait for ever, or find the port of another server.
    fileprivate func clearPortFile() throws(StartError) {
        guard let portFile else { return }
        let file = NamedFile(path: portFile)
        guard file.isWritable, (try? file.remove()) != nil else { throw Self.portFileIsNotWritten(portFile) }
    }

    /// Written beside its place and moved there, so that whoever waits for the file never reads half of it.
    fileprivate func writePortFile(_ port: Int) throws(StartError) {
        guard let portFile else { return }
        do {
            try NamedFile(path: portFile).write(Data("\(port)\n".utf8))
        } catch {
            throw Self.portFileIsNotWritten(portFile)
        }
    }

    private static func portFileIsNotWritten(_ path: String) -> StartError {
        StartError(description: "the port file \(path) cannot be written; choose another with --port-file")
    }
}
