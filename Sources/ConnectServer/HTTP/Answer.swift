import ConnectCore
import HTTPTypes
import Hummingbird

/// A success: an outcome of the catalogue and the body that goes with it.
struct Answer<Body: Encodable & Sendable>: ResponseGenerator {
    let outcome: Outcome
    let body: Body

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers = HTTPFields()
        headers[.sandboxOutcome] = outcome.key
        if outcome.endpoint?.family == .oauth { headers[.cacheControl] = OAuthHeaders.cacheControl }
        return try JSON.response(body, status: .init(code: outcome.status), headers: headers)
    }
}

/// `{"success": true}`, the body of what has nothing else to say.
struct SuccessBody: Encodable {
    let success = true
}
