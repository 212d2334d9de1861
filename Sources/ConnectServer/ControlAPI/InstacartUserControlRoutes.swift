import ConnectStorage
import Hummingbird

/// A retailer's Instacart users and their memberships, past Instacart's rules.
struct InstacartUserControlRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        let users = router.group("/_sandbox/retailers/{retailer}/instacart_users")
        users.get { _, context in
            let all = try await database.control(of: context).instacartUsers()
            return try JSON.response(InstacartUsersResponse(instacartUsers: all.map(\.document)))
        }
        users.post { request, context in
            let user = try NewInstacartUserState(parsing: await request.controlBody())
            return try JSON.response(await database.control(of: context).createInstacartUser(user).document)
        }
        let user = users.group("{id}")
        user.get { _, context in
            try JSON.response(await database.control(of: context).instacartUser(context.pathParameter("id")).document)
        }
        user.patch { request, context in
            let change = try MembershipChange(parsing: await request.requiredControlBody())
            let changed = try await database.control(of: context)
                .changeMembership(context.pathParameter("id"), change)
            return try JSON.response(changed.document)
        }
        user.delete { _, context in
            try await database.control(of: context).deleteInstacartUser(context.pathParameter("id"))
            return Response(status: .noContent)
        }
    }
}
