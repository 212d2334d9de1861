import ArgumentParser
import ConnectServer
import Foundation

/// What every command takes that is about one retailer.
struct RetailerOptions: ControlOptions {
    @Option(help: ArgumentHelp("Retailer. (default: CONNECT_SANDBOX_RETAILER, or demo)", valueName: "id"))
    var retailer: Identifier?

    @OptionGroup var connection: ConnectionOptions

    var retailerID: String {
        let environment = ProcessInfo.processInfo.environment
        return retailer?.rawValue ?? environment[ClientVariable.retailer.rawValue].flatMap(\.nonEmpty) ?? "demo"
    }

    /// A path below the retailer's.
    ///
    /// - Parameters:
    ///   - segments: What follows the retailer's id.
    ///   - query: Names and values.
    /// - Returns: The path.
    func path(_ segments: String..., query: KeyValuePairs<String, String> = [:]) -> ControlPath {
        ControlPath(["retailers", retailerID] + segments, query: query)
    }
}
