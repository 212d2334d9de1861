/// What a client reads of the server's own settings, from where the server does.
package struct ClientSettings: Sendable {
    package let server: ServerAddress
    /// What the server was started with as `--control-token`, if with any.
    package let controlToken: String?

    /// Reads each source once: the file may be a pipe.
    ///
    /// - Parameters:
    ///   - url: What `--url` says.
    ///   - controlToken: What `--control-token` says.
    ///   - environment: All variables.
    ///   - folder: The working directory, where the file may be.
    /// - Throws: ``SettingError`` where they name no server, or a token that no header can carry, which would look like
    ///   a server that does not answer.
    package init(
        url: String?,
        controlToken: String?,
        environment: [String: String],
        folder: String = "."
    ) throws(SettingError) {
        let flags = controlToken.map { [SettingName.controlToken: [$0]] } ?? [:]
        let values = SettingValues(
            sources: try SettingSource.all(flags: flags, environment: environment, folder: folder)
        )
        server = try ServerAddress(url: url, environment: environment) { values }
        self.controlToken = try values.controlToken()
    }
}
