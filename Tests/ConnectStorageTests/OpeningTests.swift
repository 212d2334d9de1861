import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("Opening a database")
struct OpeningTests {
    let world = TestEnvironment()

    func open(_ file: URL) throws -> SandboxDatabase {
        try SandboxDatabase.open(path: file.path, environment: world.environment)
    }

    /// Opens what must not be opened, and checks that nothing in the folder changed.
    func refusal(of file: URL, in folder: URL) throws -> String {
        let namesBefore = try names(in: folder)
        let contentsBefore = FileManager.default.contents(atPath: file.path)
        let error = #expect(throws: DatabaseOpenError.self) { try open(file) }

        #expect(try names(in: folder) == namesBefore)
        #expect(FileManager.default.contents(atPath: file.path) == contentsBefore)
        return try #require(error).description
    }

    /// The first page of an SQLite database with an application ID.
    static func header(applicationID: [UInt8]) -> Data {
        var header = Data("SQLite format 3\0".utf8)
        header.append(contentsOf: [0x10, 0x00, 1, 1, 0, 64, 32, 32])
        header.append(contentsOf: [0, 0, 0, 1, 0, 0, 0, 1])
        header.append(Data(count: 68 - header.count))
        header.append(contentsOf: applicationID)
        header.append(Data(count: 4096 - header.count))
        return header
    }

    @Test("a new file is a database that carries the sandbox's mark, from the first moment")
    func fresh() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            let database = try open(file)
            let whileOpen = try Data(contentsOf: file)
            try database.close()
            let afterwards = try Data(contentsOf: file)

            for contents in [whileOpen, afterwards] {
                #expect(contents.prefix(16) == Data("SQLite format 3\0".utf8))
                #expect(Array(contents.dropFirst(68).prefix(4)) == [0x43, 0x53, 0x62, 0x78])
            }
            #expect(try names(in: folder) == ["sandbox.sqlite"])
        }
    }

    @Test("an empty file is taken for a new one")
    func empty() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            try Data().write(to: file)
            let database = try open(file)
            try await database.loadMissing([StateDocument.demo()])
            try database.close()

            #expect(try Array(Data(contentsOf: file).dropFirst(68).prefix(4)) == [0x43, 0x53, 0x62, 0x78])
        }
    }

    @Test("a database is opened again, as often as one likes")
    func again() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            for _ in 1...3 {
                let database = try open(file)
                try await database.loadMissing([StateDocument.demo()])
                #expect(try await database.firstApplication()?.clientID == ClientID(rawValue: "demo-client"))
                try database.close()
            }
        }
    }

    @Test("a name may hold what means something in addresses", arguments: ["a b.db", "a?b#c%20d.db", "\u{F6}'\".db"])
    func name(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            for _ in 1...2 {
                try open(file).close()
            }

            #expect(try names(in: folder) == [name])
        }
    }

    @Test(
        "a file that is no database is left as it is",
        arguments: [
            "x", "This is a text.\n", String(repeating: "All work and no play.\n", count: 1000), "SQLite format 3\0",
            "SQLite format 2\0" + String(repeating: "\0", count: 4080),
        ]
    )
    func text(_ text: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "notes.txt")
            try Data(text.utf8).write(to: file)
            let description = try refusal(of: file, in: folder)

            #expect(description == "the file \(file.path) is not a database; it was left as it is")
            #expect(try Data(contentsOf: file) == Data(text.utf8))
            #expect(try names(in: folder) == ["notes.txt"])
        }
    }

    @Test(
        "another program's database is left as it is",
        arguments: [[0, 0, 0, 0], [0x0F, 0x05, 0x51, 0x12], [0x43, 0x53, 0x62, 0x79], [255, 255, 255, 255]] as [[UInt8]]
    )
    func foreign(_ applicationID: [UInt8]) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "other.sqlite")
            let contents = Self.header(applicationID: applicationID)
            try contents.write(to: file)
            let description = try refusal(of: file, in: folder)

            #expect(description == "the database \(file.path) belongs to another program; it was left as it is")
            #expect(try Data(contentsOf: file) == contents)
            #expect(try names(in: folder) == ["other.sqlite"])
        }
    }

    @Test("a folder is no database")
    func folder() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox")
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
            let description = try refusal(of: file, in: folder)

            #expect(description == "the database \(file.path) is a folder")
            #expect(try names(in: file).isEmpty)
        }
    }

    @Test("a folder that is missing is named, and not made")
    func missingFolder() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "missing").appending(path: "sandbox.sqlite")
            let description = try refusal(of: file, in: folder)

            let missing = folder.appending(path: "missing").path
            #expect(
                description == "the database \(file.path) cannot be opened for writing: there is no folder \(missing)"
            )
            #expect(try names(in: folder).isEmpty)
        }
    }

    @Test("a sandbox's database that was damaged is refused, and named")
    func damaged() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "sandbox.sqlite")
            var contents = Self.header(applicationID: [0x43, 0x53, 0x62, 0x78])
            contents.replaceSubrange(100..<4096, with: Data(repeating: 0xAA, count: 3996))
            try contents.write(to: file)
            let error = #expect(throws: DatabaseOpenError.self) { try open(file) }

            #expect(error?.description.hasPrefix("the database \(file.path) cannot be opened") == true)
        }
    }

    @Test("what was closed answers no more")
    func closed() async throws {
        let database = try SandboxDatabase.inMemory(environment: world.environment)
        try await database.ping()
        try database.close()

        await #expect(throws: (any Error).self) { try await database.ping() }
    }
}
