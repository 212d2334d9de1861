package import ConnectCore
import Foundation
import GRDB

/// Why a database was not opened.
///
/// Its description names the file.
package struct DatabaseOpenError: Error, CustomStringConvertible {
    package let description: String
}

extension SandboxDatabase {
    /// Opens a database that ends with the process.
    ///
    /// - Parameters:
    ///   - environment: The time and the randomness of everything in it.
    ///   - choices: What is chosen where Instacart's pages leave a choice.
    ///   - startingClock: The clock of a retailer whose document names none.
    /// - Returns: An empty database.
    /// - Throws: What SQLite reports.
    package static func inMemory(
        environment: SandboxEnvironment,
        choices: Choices = Choices(),
        startingClock: RetailerClock = .real
    ) throws -> SandboxDatabase {
        let queue = try DatabaseQueue(configuration: configuration)
        try Schema.migrator.migrate(queue)
        return SandboxDatabase(
            queue: queue,
            environment: environment,
            choices: choices,
            startingClock: startingClock
        )
    }

    /// Opens a database file, or makes one.
    ///
    /// A file that is not a sandbox's, or a newer sandbox's, is left untouched.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - environment: The time and the randomness of everything in it.
    ///   - choices: What is chosen where Instacart's pages leave a choice.
    ///   - startingClock: The clock of a retailer whose document names none.
    /// - Returns: The database, with all migrations applied.
    /// - Throws: ``DatabaseOpenError``.
    package static func open(
        path: String,
        environment: SandboxEnvironment,
        choices: Choices = Choices(),
        startingClock: RetailerClock = .real
    ) throws -> SandboxDatabase {
        // Processes that start together on a new file get in each other's way only while it is being made. Nothing
        // waits for a lock meanwhile, so that the attempts take five seconds in all.
        var attemptsLeft = 50
        while true {
            do {
                let database = SandboxDatabase(
                    queue: try openOnce(path: path),
                    environment: environment,
                    choices: choices,
                    startingClock: startingClock
                )
                try database.queue.write(database.keepMissingOrigins)
                return database
            } catch let error as DatabaseError {
                attemptsLeft -= 1
                guard error.isPassing, attemptsLeft > 0 else { throw DatabaseOpenError(error, path: path) }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    private static func openOnce(path: String) throws -> DatabaseQueue {
        if try isNew(path) { try markAsOurs(path) }
        var configuration = configuration
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        guard try queue.read(Schema.migrator.hasBeenSuperseded) == false else {
            throw DatabaseOpenError(
                description: "the database \(path) was made by a newer version of connect-sandbox"
            )
        }
        try Schema.migrator.migrate(queue)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA busy_timeout = 5000") }
        return queue
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "connect-sandbox"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    /// Looks at the file's header without opening it as a database, which would already leave files beside it.
    ///
    /// - Returns: Whether a database is to be made there.
    /// - Throws: ``DatabaseOpenError`` where something else is there.
    private static func isNew(_ path: String) throws -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return true }
        guard !isFolder.boolValue else { throw DatabaseOpenError(description: "the database \(path) is a folder") }
        let file: FileHandle
        do {
            file = try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            throw DatabaseOpenError(description: "the database \(path) cannot be read")
        }
        defer { try? file.close() }
        let header = try file.read(upToCount: 72) ?? Data()
        guard !header.isEmpty else { return true }
        guard header.count == 72, header.prefix(16) == Data("SQLite format 3\0".utf8) else {
            throw DatabaseOpenError(description: "the file \(path) is not a database; it was left as it is")
        }
        let applicationID = header.suffix(4).reduce(0) { $0 << 8 | Int32($1) }
        guard applicationID == Schema.applicationID else {
            throw DatabaseOpenError(
                description: "the database \(path) belongs to another program; it was left as it is"
            )
        }
        return false
    }

    /// Writes the application ID before anything else and without a write-ahead log, so that it is in the file's header
    /// from the first moment that the file is a database.
    private static func markAsOurs(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try queue.close()
    }
}

extension DatabaseOpenError {
    fileprivate init(_ error: DatabaseError, path: String) {
        let reason = Self.obstacle(to: path) ?? error.message ?? error.description
        description = "the database \(path) cannot be opened for writing: \(reason)"
    }

    /// What SQLite says in one sentence for everything: that it cannot open the file.
    private static func obstacle(to path: String) -> String? {
        let files = FileManager.default
        let file = URL(filePath: path).absoluteURL.standardizedFileURL
        let folder = file.deletingLastPathComponent().path
        if !files.fileExists(atPath: folder) { return "there is no folder \(folder)" }
        if files.fileExists(atPath: file.path), !files.isWritableFile(atPath: file.path) {
            return "the file is not for user \(geteuid()) to write, or on a disk that is read-only"
        }
        guard !files.isWritableFile(atPath: folder) else { return nil }
        return "the folder \(folder) is not for user \(geteuid()) to write to, or on a disk that is read-only"
    }
}

extension DatabaseError {
    /// Whether another process was just making the same database.
    fileprivate var isPassing: Bool {
        resultCode == .SQLITE_BUSY || message?.hasSuffix("already exists") == true
            // GRDB asks for the table, and then whether there is one, which may have come in between.
            || message == "no such table: grdb_migrations"
    }
}
