import ConnectStorage
import Hummingbird

extension Request {
    /// The body of a write to the sandbox's own routes: JSON or YAML, of which JSON is a part.
    ///
    /// - Returns: The text; nil where there is none.
    /// - Throws: ``ControlError`` where it is too large, not UTF-8, or of another type.
    func controlBody() async throws -> String? {
        let buffer = try await body.collect(upTo: StateDocument.maximumSize)
        guard buffer.readableBytes > 0 else { return nil }
        guard controlMediaType == .known else { throw ControlError.unsupportedMediaType }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw ControlError.invalidBody("The body is not UTF-8.")
        }
        return text
    }

    /// The body of a route that takes state documents.
    ///
    /// - Parameter authorizePath: Where the authorization URL is.
    /// - Returns: The document; nil where there is no body.
    /// - Throws: ``ControlError``.
    func stateDocument(authorizePath: String) async throws -> StateDocument? {
        guard let body = try await controlBody() else { return nil }
        do {
            return try StateDocument(parsing: body, source: "document", authorizePath: authorizePath)
        } catch {
            throw ControlError.invalidDocument(error)
        }
    }

    /// The same for a route that cannot do without one.
    func requiredStateDocument(authorizePath: String) async throws -> StateDocument {
        guard let document = try await stateDocument(authorizePath: authorizePath) else {
            throw ControlError.missingDocument
        }
        return document
    }

    /// The body of a route that cannot do without one.
    func requiredControlBody() async throws -> String {
        guard let body = try await controlBody() else { throw ControlError.invalidBody("The body is missing.") }
        return body
    }

    /// What the headers say of the body.
    var controlMediaType: ControlMediaType {
        guard let header = headers[.contentType] else { return .missing }
        guard let type = MediaType(from: header) else { return .other }
        let isYAML = ["yaml", "x-yaml"].contains { type.isType(MediaType(type: .application, subType: $0)) }
        return isYAML || type.isType(.applicationJson) ? .known : .other
    }

    /// Whether YAML is asked for.
    var acceptsYAML: Bool {
        headers[.accept]?.lowercased().contains("yaml") == true
    }

    /// A parameter of the query.
    func queryValue(_ name: String) -> String? {
        uri.queryParameters[name[...]].map(String.init)
    }
}

enum ControlMediaType {
    case missing
    case known
    case other
}
