import ConnectCore
import ConnectStorage
import Hummingbird

/// A retailer's OAuth applications, as the developer dashboard would have them.
struct ApplicationRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        let applications = router.group("/_sandbox/retailers/{retailer}/applications")
        applications.get { _, context in
            let all = try await database.control(of: context).applications()
            return try JSON.response(ApplicationsResponse(applications: all.map(\.document)))
        }
        applications.post { request, context in
            let state = try RetailerState.ApplicationState(parsing: await request.requiredControlBody())
            return try JSON.response(await database.control(of: context).createApplication(state).document)
        }
        let application = applications.group("{client_id}")
        application.get { _, context in
            try JSON.response(await database.control(of: context).application(context.clientID).document)
        }
        application.patch { request, context in
            let change = try ApplicationChange(parsing: await request.requiredControlBody())
            let changed = try await database.control(of: context).changeApplication(context.clientID, change)
            return try JSON.response(changed.document)
        }
        application.delete { _, context in
            try await database.control(of: context).deleteApplication(context.clientID)
            return Response(status: .noContent)
        }
        application.post("clone") { request, context in
            let clone = try ApplicationClone(parsing: await request.controlBody())
            let made = try await database.control(of: context).cloneApplication(context.clientID, as: clone)
            return try JSON.response(made.document)
        }
    }
}

extension SandboxContext {
    fileprivate var clientID: ClientID { ClientID(rawValue: pathParameter("client_id")) }
}
