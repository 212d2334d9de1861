package import Foundation

/// A file that somebody named, which may be anything that has a name: a link, a named pipe, a device, a shell's `<(…)`.
package struct NamedFile: Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads to the end, which is how what is no regular file says how long it is.
    ///
    /// - Returns: What is in it.
    /// - Throws: What opening and reading do.
    package func read() throws -> Data {
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? handle.close() }
        return try handle.readToEnd() ?? Data()
    }

    /// Writes a text: into what is there, or, where that is a plain file or nothing, to be there whole or not at all.
    ///
    /// - Parameter text: The text.
    /// - Throws: What opening and writing do.
    package func write(_ text: Data) throws {
        guard !isPlain else { return try text.write(to: URL(filePath: path), options: .atomic) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        defer { try? handle.close() }
        try handle.write(contentsOf: text)
    }

    /// Removes what is there, where that is a plain file.
    ///
    /// - Throws: What removing does.
    package func remove() throws {
        guard isPlain, FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// Whether it looks as if it could be written.
    package var isWritable: Bool {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        return FileManager.default.isWritableFile(atPath: isPlain ? folder : path)
    }

    /// Whether there is a regular file under this very name, or nothing: another one may take its place.
    private var isPlain: Bool {
        // Of a link this is the link's own.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let type = attributes?[.type] as? FileAttributeType else { return true }
        return type == .typeRegular
    }
}
