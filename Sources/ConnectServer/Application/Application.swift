package import ConnectStorage
package import Hummingbird
package import Logging
import NIOCore

/// Puts the server together.
///
/// `main` and every test call this, and nothing else builds one.
///
/// - Parameters:
///   - settings: What to listen on and whom to trust.
///   - database: What is served.
///   - logger: Where exchanges and failures are told.
///   - onRunning: Called with the bound port and the public URL once requests are answered.
/// - Returns: The application, not yet running.
/// - Throws: Where a page's template is missing or malformed.
package func buildApplication(
    settings: Settings,
    database: SandboxDatabase,
    logger: Logger,
    onRunning: @escaping @Sendable (_ port: Int, _ publicURL: String) async -> Void = { _, _ in }
) throws -> some ApplicationProtocol {
    let publicURL = PublicURL(settings)
    let routes = Routes(
        database: database,
        settings: settings,
        publicURL: publicURL,
        pages: try Pages(),
        logger: logger
    )
    return Application(
        responder: routes.responder(),
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [WireFaultHandler(), ConnectionCloser()],
                idleTimeout: .seconds(60)
            )
        ),
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            serverName: nil,
            backlog: 1024
        ),
        onServerRunning: { channel in
            let port = channel.localAddress?.port ?? settings.port
            publicURL.bind(to: port)
            await onRunning(port, publicURL.value)
        },
        logger: logger.ofLibraries
    )
}

extension Logger {
    /// What they say of a start and a stop is for who looks closest; the banner says enough.
    var ofLibraries: Logger {
        var logger = self
        if logLevel > .trace { logger.logLevel = max(logLevel, .notice) }
        return logger
    }
}
