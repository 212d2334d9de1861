import ConnectCore
import ConnectStorage
import HTTPTypes

/// Why one of the sandbox's own routes is not answered.
struct ControlError: Error, Equatable {
    let status: HTTPResponse.Status
    let code: String
    let message: String

    static let unavailable = unavailable("The database does not answer.")

    static func unavailable(_ message: String) -> ControlError {
        ControlError(status: .serviceUnavailable, code: "unavailable", message: message)
    }

    static let internalError = ControlError(
        status: .internalServerError,
        code: "internal_error",
        message: "The server failed in a way it did not foresee."
    )

    static let crossSiteRequest = ControlError(
        status: .forbidden,
        code: "cross_site_request",
        message: "A page of another site sent this; it changed nothing."
    )
    static let unsupportedMediaType = ControlError(
        status: .unsupportedMediaType,
        code: "unsupported_media_type",
        message: "The Content-Type must be application/json or application/yaml."
    )
    static let missingDocument = ControlError(
        status: .badRequest,
        code: "invalid_document",
        message: "The state document is missing."
    )
    static let bodyTooLarge = ControlError(
        status: .contentTooLarge,
        code: "body_too_large",
        message: "The body is larger than 8 MiB."
    )
    static let controlTokenRequired = ControlError(
        status: .unauthorized,
        code: "control_token_required",
        message: "This server was started with --control-token; send it as Authorization: Bearer."
    )

    /// That no route takes the request, and which ones may have been meant.
    static func notFound(closest routes: [Route]) -> ControlError {
        let names = routes.map(\.description).joined(separator: " or ")
        return ControlError(
            status: .notFound,
            code: "not_found",
            message: routes.isEmpty
                ? "Nothing is here by this method. Instacart's API is under /v2, the sandbox's under /_sandbox."
                : "Nothing is here by this method; did you mean \(names)?"
        )
    }

    static func invalidBody(_ message: String) -> ControlError {
        ControlError(status: .badRequest, code: "invalid_body", message: message)
    }

    static func invalidParameter(_ name: String, expected: String) -> ControlError {
        ControlError(
            status: .badRequest,
            code: "invalid_parameter",
            message: "The parameter \(name) must be \(expected)."
        )
    }

    static func hostNotAllowed(_ host: String) -> ControlError {
        ControlError(
            status: .misdirectedRequest,
            code: "host_not_allowed",
            message: "The Host \(host) is not this sandbox. If it is meant to be, start it with --allow-host."
        )
    }
}

extension ControlError {
    init(_ refusal: ControlRefusal) {
        let status: HTTPResponse.Status =
            switch refusal.kind {
            case .notFound: .notFound
            case .conflict: .conflict
            case .invalid: .badRequest
            }
        self.init(status: status, code: refusal.code, message: Self.sentence(refusal.description))
    }

    static func invalidFault(_ error: StateDocumentError) -> ControlError {
        ControlError(status: .badRequest, code: "invalid_fault", message: sentence(error.description))
    }

    static func requestNotFound(_ id: String) -> ControlError {
        ControlError(
            status: .notFound,
            code: "request_not_found",
            message: "No request “\(id)” is recorded here, or no longer."
        )
    }

    static func invalidDocument(_ error: StateDocumentError) -> ControlError {
        ControlError(status: .badRequest, code: "invalid_document", message: sentence(error.description))
    }

    /// What is wrong with a body that is written like a part of a state document.
    static func invalidBody(_ error: StateDocumentError) -> ControlError {
        invalidBody(sentence(error.description))
    }

    private static func sentence(_ text: String) -> String {
        "\(text.prefix(1).uppercased())\(text.dropFirst())."
    }
}
