import ConnectCore
import GRDB

extension RetailerControl {
    /// How many faults a retailer has at most: each request looks through them.
    static let maximumFaults = 1000

    /// - Returns: The retailer's faults, the first armed first.
    package func faults() async throws -> [RetailerState.FaultState] {
        try await read { retailer, db in
            try FaultRecord.all(of: retailer.key, db).map(RetailerState.FaultState.init)
        }
    }

    /// - Parameter id: The fault's.
    /// - Returns: The fault.
    /// - Throws: ``ControlRefusal`` where the retailer does not have it.
    package func fault(_ id: String) async throws -> RetailerState.FaultState {
        guard let found = try await faults().first(where: { $0.id == id }) else {
            throw ControlRefusal.faultNotFound(id)
        }
        return found
    }

    /// Arms a fault.
    ///
    /// - Parameter fault: The fault; its id and seed are made up where they are left out.
    /// - Returns: The fault.
    /// - Throws: ``ControlRefusal`` where its id is taken, or there are too many.
    package func arm(_ fault: RetailerState.FaultState) async throws -> RetailerState.FaultState {
        try await write { retailer, db in
            let completed = fault.completed(in: database.environment)
            let others = try FaultRecord.all(of: retailer.key, db)
            guard others.count < Self.maximumFaults else { throw ControlRefusal.tooManyFaults }
            guard !others.contains(where: { $0.id == completed.rule.id }) else {
                throw ControlRefusal.faultIDTaken(completed.rule.id)
            }
            try FaultRecord.insert(completed.rule, of: retailer.key, db)
            return completed
        }
    }

    /// - Parameter id: The fault's.
    /// - Throws: ``ControlRefusal`` where the retailer does not have it.
    package func deleteFault(_ id: String) async throws {
        try await write { retailer, db in
            guard try FaultRecord.delete(id, of: retailer.key, db) else { throw ControlRefusal.faultNotFound(id) }
        }
    }

    /// Deletes all of the retailer's faults.
    package func deleteFaults() async throws {
        try await write { retailer, db in try FaultRecord.deleteAll(of: retailer.key, db) }
    }
}
