import Foundation
import HTTPTypes

/// What a test suite does with failures on demand.
extension Sandbox {
    /// Arms a fault.
    ///
    /// - Parameters:
    ///   - fault: As the control API takes it.
    ///   - retailer: Whose requests it is to hit.
    /// - Returns: The fault, as the control API answers it.
    /// - Throws: ``MissingField`` where it is refused.
    @discardableResult
    package func arm(_ fault: JSONValue, of retailer: String = "demo") async throws -> JSONValue {
        try await control(.post, "/retailers/\(retailer)/faults", json: fault).succeeded().json
    }

    /// A retailer's faults, the first armed first.
    package func faults(of retailer: String = "demo") async throws -> [JSONValue] {
        try await control(.get, "/retailers/\(retailer)/faults").succeeded().json["faults"]?.elements ?? []
    }

    /// Everything that the sandbox holds but for its faults: what a request that is not carried out must not change.
    package func stateBesidesFaults() async throws -> JSONValue {
        try JSONValue(parsing: Data(try await wholeState().utf8)).without("faults")
    }
}

extension Reply {
    /// The id of the fault that hit the request, or `header`; nil where none did.
    package var faultHit: String? { header("X-Sandbox-Fault-Hit") }
}
