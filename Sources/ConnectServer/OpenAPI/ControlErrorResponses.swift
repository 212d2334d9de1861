import NIOHTTP1

/// The answers to what an operation of the sandbox's own refuses, by the codes that its `x-errors` lists.
struct ControlErrorResponses {
    let base: OpenAPIBase
    let path: String
    let method: String
    let settings: Settings

    /// - Parameter operation: The operation as people write it.
    /// - Returns: The operation with its refusals.
    func completed(_ operation: JSONBody) -> JSONBody {
        var operation = operation
        let codes = (operation["x-errors"]?.elements ?? []).compactMap(\.string) + sharedCodes(operation)
        operation["x-errors"] = nil
        for (status, codes) in Dictionary(grouping: codes, by: { refusal($0).status }) {
            operation["responses"]?["\(status)"] = response(status, codes)
        }
        if isControl, settings.controlToken != nil {
            operation["security"] = .list([.fields(["control_token": .list([])])])
        }
        return operation
    }

    private var isControl: Bool { path.hasPrefix("/_sandbox/") }

    /// What every route of its kind can refuse.
    private func sharedCodes(_ operation: JSONBody) -> [String] {
        guard isControl else { return [] }
        var codes = ["host_not_allowed", "internal_error", "unavailable"]
        if settings.controlToken != nil { codes.append("control_token_required") }
        if method != "GET" { codes += ["cross_site_request", "unsupported_media_type"] }
        if operation["requestBody"] != nil { codes.append("body_too_large") }
        return codes
    }

    private func response(_ status: Int, _ codes: [String]) -> JSONBody {
        let code = JSONBody.fields(["enum": .texts(codes.sorted())])
        let error = JSONBody.fields(["properties": .fields(["code": code])])
        let narrowed = JSONBody.fields(["properties": .fields(["error": error])])
        let examples = codes.map { code in
            let details = ControlErrorBody.Details(code: code, message: refusal(code).message, path: path)
            return (code, JSONBody.fields(["value": .fields(["error": details.json])]))
        }
        return .fields([
            "description": .text(HTTPResponseStatus(statusCode: status).reasonPhrase),
            "content": .fields([
                "application/json": .fields([
                    "schema": .fields([
                        "allOf": .list([.fields(["$ref": .text("#/components/schemas/ControlError")]), narrowed])
                    ]),
                    "examples": .fields(Dictionary(uniqueKeysWithValues: examples)),
                ])
            ]),
        ])
    }

    private func refusal(_ code: String) -> OpenAPIBase.Refusal {
        guard let refusal = base.refusals[code] else { preconditionFailure("x-errors has no \(code)") }
        return refusal
    }
}

extension ControlErrorBody.Details {
    fileprivate var json: JSONBody {
        .fields(["code": .text(code), "message": .text(message), "path": .text(path)])
    }
}
