extension StateDocument {
    /// The demo state: `fixtures/states/demo.yaml`, compiled in.
    ///
    /// - Returns: The document.
    /// - Throws: ``StateDocumentError``, which a test rules out.
    package static func demo() throws(StateDocumentError) -> StateDocument {
        try StateDocument(parsing: EmbeddedFiles.byName["demo.yaml"] ?? "", source: "demo.yaml")
    }
}
