import ConnectCore

/// The OpenAPI 3.1 document of a running server.
struct OpenAPIDocument {
    private static let methods: Set<String> = ["get", "put", "post", "patch", "delete"]

    let base: OpenAPIBase
    let settings: Settings
    let publicURL: String

    /// - Throws: What encoding an example does.
    func json() throws -> JSONBody {
        var document = base.document
        document["info"]?["version"] = .text(SandboxVersion.current)
        document["servers"] = .list([.fields(["url": .text(publicURL)])])
        let tokenURL = publicURL + Endpoint.generateAccessToken.path
        document["components"]?["securitySchemes"]?["fulfillment_token"]?["flows"]?["clientCredentials"]?["tokenUrl"] =
            .text(tokenURL)
        let schemas = document["components"]?["schemas"]?.members ?? [:]
        document["components"]?["schemas"] = .fields(schemas.mapValues(\.withEnumeration))
        var paths: [String: JSONBody] = [:]
        for (path, item) in document["paths"]?.members ?? [:] {
            let served = path == Endpoint.authorize.path ? settings.authorizePath : path
            paths[served] = try completed(item, at: path)
        }
        document["paths"] = .fields(paths)
        document["components"]?["parameters"]?["Fault"] = nil
        return document
    }

    private func completed(_ item: JSONBody, at path: String) throws -> JSONBody {
        var item = item
        for (name, operation) in item.members where Self.methods.contains(name) {
            let method = name.uppercased()
            if let endpoint = endpoint(method, path) {
                item[name] = try completed(operation, of: endpoint, method: method)
            } else {
                let errors = ControlErrorResponses(base: base, path: path, method: method, settings: settings)
                item[name] = errors.completed(operation)
            }
        }
        return item
    }

    private func completed(_ operation: JSONBody, of endpoint: Endpoint, method: String) throws -> JSONBody {
        let answers = OutcomeResponses(
            endpoint: endpoint,
            takesForm: method != endpoint.method,
            choices: settings.choices
        )
        var operation = operation
        operation["responses"] = try answers.responses(completing: operation["responses"] ?? .fields([:]))
        if settings.acceptsFaultHeader, let header = base.document["components"]?["parameters"]?["Fault"] {
            let parameter = FaultParameter(endpoint: endpoint).completed(header)
            operation["parameters"] = .list((operation["parameters"]?.elements ?? []) + [parameter])
        }
        operation["externalDocs"] = .fields(["url": .text(ContractPage.Link(page: endpoint.page).address)])
        return operation
    }

    /// The authorization URL takes the forms of its own pages besides.
    private func endpoint(_ method: String, _ path: String) -> Endpoint? {
        Endpoint.allCases.first { $0.path == path && ($0.method == method || $0 == .authorize) }
    }
}
