import ConnectStorage
import Hummingbird

/// A retailer's failures on demand.
struct FaultRoutes {
    let database: SandboxDatabase
    let authorizePath: String

    func addRoutes(to router: Router<SandboxContext>) {
        let faults = router.group("/_sandbox/retailers/{retailer}/faults")
        faults.get { _, context in
            let all = try await database.control(of: context).faults()
            return try JSON.response(FaultsResponse(faults: all.map(\.document)))
        }
        faults.post(use: arm)
        faults.delete { _, context in
            try await database.control(of: context).deleteFaults()
            return Response(status: .noContent)
        }
        faults.get("{id}") { _, context in
            try JSON.response(await database.control(of: context).fault(context.pathParameter("id")).document)
        }
        faults.delete("{id}") { _, context in
            try await database.control(of: context).deleteFault(context.pathParameter("id"))
            return Response(status: .noContent)
        }
    }

    private func arm(_ request: Request, context: SandboxContext) async throws -> Response {
        let fault: RetailerState.FaultState
        do {
            fault = try RetailerState.FaultState(
                parsing: await request.requiredControlBody(),
                authorizePath: authorizePath
            )
        } catch let error as StateDocumentError {
            throw ControlError.invalidFault(error)
        }
        return try JSON.response(await database.control(of: context).arm(fault).document)
    }
}

struct FaultsResponse: Encodable {
    let faults: [DocumentValue]
}
