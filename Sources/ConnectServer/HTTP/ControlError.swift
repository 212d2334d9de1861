import HTTPTypes

/// Why one of the sandbox's own routes is not answered.
struct ControlError: Error, Equatable {
    let status: HTTPResponse.Status
    let code: String
    let message: String

    static let notFound = ControlError(
        status: .notFound,
        code: "not_found",
        message: "Nothing is at this path. Instacart's API is under /v2, probes are /livez and /readyz."
    )
    static let unavailable = ControlError(
        status: .serviceUnavailable,
        code: "unavailable",
        message: "The database does not answer."
    )
    static let internalError = ControlError(
        status: .internalServerError,
        code: "internal_error",
        message: "The server failed in a way it did not foresee."
    )

    static func hostNotAllowed(_ host: String) -> ControlError {
        ControlError(
            status: .misdirectedRequest,
            code: "host_not_allowed",
            message: "The Host \(host) is not this sandbox. If it is meant to be, start it with --allow-host."
        )
    }
}
