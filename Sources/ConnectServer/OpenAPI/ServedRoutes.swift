package import ConnectCore
package import ConnectStorage
import Logging

/// Every route but the storefront's: what the OpenAPI document has to describe.
///
/// - Parameters:
///   - settings: What the server is started with.
///   - database: What is served.
/// - Returns: The routes.
/// - Throws: Where a page's template is missing or malformed.
package func servedRoutes(settings: Settings, database: SandboxDatabase) throws -> [Route] {
    let logger = Logger(label: "routes") { _ in SwiftLogNoOpLogHandler() }
    return Routes(
        database: database,
        settings: settings,
        publicURL: PublicURL(settings),
        pages: try Pages(),
        logger: logger
    ).list
}
