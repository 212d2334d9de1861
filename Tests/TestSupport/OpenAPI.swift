package import ConnectCore
package import ConnectServer
import HTTPTypes
import Synchronization

/// The OpenAPI document that a sandbox gives of itself.
package struct OpenAPI: Sendable {
    package struct Operation: Sendable {
        package let id: String
        package let route: Route
        /// By status, in digits.
        package let responses: [String: JSONValue]
        package let json: JSONValue
    }

    /// An outcome in an answer of an operation.
    package struct Example: Sendable {
        package let key: String
        package let status: Int
        package let json: JSONValue
        /// That of the body; nil where the example is a header's.
        package let schema: JSONSchema?
        package let response: JSONValue
    }

    /// That of a sandbox without settings; asked for once, since it is long.
    package static let usual = Task { try await OpenAPI(Settings()) }

    package let document: JSONValue
    package let operations: [Operation]

    /// Asks a sandbox with these settings for its document.
    ///
    /// - Throws: Where there is none.
    package init(_ settings: Settings) async throws {
        let answer = Mutex(JSONValue.null)
        try await withSandbox(settings: settings) { sandbox in
            let json = try await sandbox.control(.get, "/openapi.json").succeeded().json
            answer.withLock { $0 = json }
        }
        document = answer.withLock { $0 }
        operations = (document["paths"]?.fields ?? [:]).flatMap { path, item in
            item.fields.compactMap { method, operation in
                guard let id = operation["operationId"]?.string else { return nil }
                return Operation(
                    id: id,
                    route: Route(method: method.uppercased(), path: path),
                    responses: operation["responses"]?.fields ?? [:],
                    json: operation
                )
            }
        }
    }

    /// The operations of an endpoint: those at the path and with the method of the one that has its name.
    package func operations(of endpoint: Endpoint) -> [Operation] {
        guard let named = operations.first(where: { $0.id == endpoint.name }) else { return [] }
        return operations.filter { operation in
            operation.route.path == named.route.path && endpoint.methods.contains(operation.route.method)
        }
    }

    /// What an operation's answers have as examples, those of bodies and of `Location`s.
    package func examples(of operation: Operation) -> [Example] {
        operation.responses.flatMap { status, response in
            let bodies = response["content"]?.fields.values.map { $0 } ?? []
            let holders = bodies + [response["headers"]?["Location"]].compactMap { $0 }
            return holders.flatMap { holder in
                (holder["examples"]?.fields ?? [:]).map { key, json in
                    Example(
                        key: key,
                        status: Int(status) ?? 0,
                        json: json,
                        schema: bodies.contains(holder) ? schema(holder["schema"] ?? .null) : nil,
                        response: response
                    )
                }
            }
        }
    }

    package func schema(_ schema: JSONValue) -> JSONSchema {
        JSONSchema(schema, of: document)
    }
}

extension JSONValue {
    /// The fields of an object; none where this is something else.
    package var fields: [String: JSONValue] {
        if case .object(let fields) = self { fields } else { [:] }
    }

    /// Itself and all that it holds, however deep.
    package var descendants: [JSONValue] {
        [self] + (fields.values + elements).flatMap(\.descendants)
    }
}
