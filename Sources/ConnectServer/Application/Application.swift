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
///   - logger: Where failures are told.
///   - onRunning: Called with the bound port once requests are answered.
/// - Returns: The application, not yet running.
package func buildApplication(
    settings: Settings,
    database: SandboxDatabase,
    logger: Logger,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    Application(
        responder: buildRouter(database: database, settings: settings).buildResponder(),
        server: .http1(
            configuration: .init(additionalChannelHandlers: [UpgradeDeclined()], idleTimeout: .seconds(60))
        ),
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            serverName: nil,
            backlog: 1024
        ),
        onServerRunning: { channel in
            await onRunning(channel.localAddress?.port ?? settings.port)
        },
        logger: logger
    )
}
