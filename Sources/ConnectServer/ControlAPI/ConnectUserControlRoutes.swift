import ConnectCore
import ConnectStorage
import Hummingbird

/// A retailer's Connect users and their links, past Instacart's rules.
struct ConnectUserControlRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        let users = router.group("/_sandbox/retailers/{retailer}/connect_users")
        users.get { _, context in
            let all = try await database.control(of: context).connectUsers()
            return try JSON.response(ConnectUsersResponse(connectUsers: all.map(\.document)))
        }
        users.post { request, context in
            let user = try NewConnectUserState(parsing: await request.controlBody())
            return try JSON.response(await database.control(of: context).createConnectUser(user).document)
        }
        let user = users.group("{user_id}")
        user.get { _, context in
            try JSON.response(await database.control(of: context).connectUser(context.userID).document)
        }
        user.patch { request, context in
            let change = try ConnectUserChange(parsing: await request.requiredControlBody())
            let changed = try await database.control(of: context).changeConnectUser(context.userID, change)
            return try JSON.response(changed.document)
        }
        user.delete { _, context in
            try await database.control(of: context).deleteConnectUser(context.userID)
            return Response(status: .noContent)
        }
        user.put("link") { request, context in
            let target = try LinkTarget(parsing: await request.requiredControlBody())
            return try JSON.response(await database.control(of: context).link(context.userID, to: target).document)
        }
        user.delete("link") { _, context in
            try await database.control(of: context).unlink(context.userID)
            return Response(status: .noContent)
        }
    }
}

extension SandboxContext {
    fileprivate var userID: UserID { UserID(rawValue: pathParameter("user_id")) }
}
