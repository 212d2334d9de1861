import ConnectCore
import ConnectStorage
import Hummingbird

/// Retailers, made and deleted while the server runs; and the whole of what they own, read, replaced and reset.
struct RetailerRoutes {
    let database: SandboxDatabase
    let journal: Journal
    let authorizationURL: AuthorizationURL

    func addRoutes(to router: Router<SandboxContext>) {
        let retailers = router.group("/_sandbox/retailers")
        retailers.get { _, _ in try await all() }
        retailers.post(use: create)
        let retailer = retailers.group("{retailer}")
        retailer.get { _, context in try await show(retailer: context) }
        retailer.delete { _, context in
            try await control(context).delete()
            journal.clear(control(context).id)
            return Response(status: .noContent)
        }
        retailer.get("state") { request, context in
            let state = try await control(context).state(withTokens: request.wantsTokens())
            return try request.answer(with: state.document)
        }
        retailer.put("state", use: replace)
        retailer.post("reset") { request, context in
            try await control(context).reset(keepsTokens: request.keepsTokensAtReset())
            journal.clear(control(context).id)
            return try await show(retailer: context)
        }
        router.get("/_sandbox/state") { request, _ in
            let states = try await database.state(withTokens: request.wantsTokens())
            return try request.answer(with: StateDocument.document(of: states))
        }
        router.put("/_sandbox/state", use: replaceAll)
        router.post("/_sandbox/reset") { request, _ in
            try await database.resetAll(keepsTokens: request.keepsTokensAtReset())
            journal.clear(nil)
            return try await all()
        }
    }

    private func create(_ request: Request, context: SandboxContext) async throws -> Response {
        let (id, application) = try await database.createRetailer(
            request.stateDocument(authorizePath: authorizationURL.authorizePath)
        )
        return try JSON.response(
            CreatedRetailerResponse(
                id: id.rawValue,
                clientID: application.clientID.rawValue,
                clientSecret: application.clientSecret.rawValue,
                authorizationURL: authorizationURL.value(for: application)
            )
        )
    }

    private func replace(_ request: Request, context: SandboxContext) async throws -> Response {
        let document = try await request.requiredStateDocument(authorizePath: authorizationURL.authorizePath)
        try await control(context).replace(with: document, keepsTokens: !request.wantsTokens())
        return try await show(retailer: context)
    }

    private func replaceAll(_ request: Request, context: SandboxContext) async throws -> Response {
        let document = try await request.requiredStateDocument(authorizePath: authorizationURL.authorizePath)
        try await database.replaceAll(with: document, keepsTokens: !request.wantsTokens())
        return try await all()
    }

    private func all() async throws -> Response {
        try JSON.response(RetailersResponse(try await database.retailers()))
    }

    private func show(retailer context: SandboxContext) async throws -> Response {
        try JSON.response(RetailerResponse(try await control(context).summary()))
    }

    private func control(_ context: SandboxContext) -> RetailerControl {
        database.control(of: context)
    }
}

extension SandboxDatabase {
    /// The retailer that the path names.
    func control(of context: SandboxContext) -> RetailerControl {
        control(of: RetailerID(rawValue: context.pathParameter("retailer")))
    }
}

extension Request {
    /// `?tokens=true`: the document holds codes and tokens.
    fileprivate func wantsTokens() throws -> Bool {
        switch queryValue("tokens") {
        case nil, "false": false
        case "true": true
        default: throw ControlError.invalidParameter("tokens", expected: "true or false")
        }
    }

    /// `?tokens=revoke`: client-credentials tokens end too.
    fileprivate func keepsTokensAtReset() throws -> Bool {
        switch queryValue("tokens") {
        case nil: true
        case "revoke": false
        default: throw ControlError.invalidParameter("tokens", expected: "revoke")
        }
    }

    /// A state document, as YAML where that is asked for.
    fileprivate func answer(with document: DocumentValue) throws -> Response {
        guard acceptsYAML else { return try JSON.response(document) }
        return Response(
            status: .ok,
            headers: [.contentType: "application/yaml; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try document.yaml()))
        )
    }
}
