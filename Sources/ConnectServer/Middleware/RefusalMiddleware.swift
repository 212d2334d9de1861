import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns whatever a request fails with into a response in the shape of its family.
///
/// Nothing else writes an error.
struct RefusalMiddleware: RouterMiddleware {
    let pages: Pages
    let authorizePath: String
    let choices: Choices
    let nearMiss: NearMiss

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // What came was not HTTP: the transport answers a bare 400 and closes.
            throw error
        } catch {
            switch APISurface(path: request.uri.path, authorizePath: authorizePath) {
            case .instacart(let family):
                return try response(to: refusal(for: error, request, context), in: family)
            case .sandbox:
                return try response(to: controlError(for: error, request, context), request)
            }
        }
    }

    private func refusal(for error: any Error, _ request: Request, _ context: SandboxContext) -> Refusal {
        switch error {
        case let refusal as Refusal:
            return refusal
        case let error as HTTPError where error.status == .notFound:
            let reason = nearMiss.reason(method: request.method.rawValue, path: request.uri.path)
            return Refusal(Outcome.Shared.notFound, reason)
        case is CancellationError:
            return Refusal(Outcome.Shared.unavailable, "The server is stopping.")
        case is NIOTooManyBytesError:
            return Refusal(Outcome.Shared.bodyTooLarge, "The body is larger than 1 MiB.")
        default:
            context.logger.error("a request failed", metadata: ["error": "\(error)"])
            return Refusal(Outcome.Shared.internalError, "The server failed; its log says how.")
        }
    }

    private func controlError(
        for error: any Error,
        _ request: Request,
        _ context: SandboxContext
    ) -> ControlError {
        switch error {
        case let error as ControlError:
            return error
        case let refusal as ControlRefusal:
            return ControlError(refusal)
        case let error as StateDocumentError:
            return .invalidBody(error)
        case is NIOTooManyBytesError:
            return .bodyTooLarge
        case let error as HTTPError where error.status == .notFound:
            return .notFound(closest: nearMiss.routes(closestTo: request.method.rawValue, request.uri.path))
        case let refusal as Refusal where refusal.outcome == Outcome.Shared.unavailable:
            // An exchange's is in the log already.
            context.logger.error("a request failed", metadata: ["error": "\(refusal.reason)"])
            return .unavailable("\(refusal.reason)")
        case is CancellationError:
            return .unavailable
        default:
            context.logger.error("a request failed", metadata: ["error": "\(error)"])
            return .internalError
        }
    }
}

extension RefusalMiddleware {
    private func response(to error: ControlError, _ request: Request) throws -> Response {
        var headers = HTTPFields()
        if request.isOfControlPlane { headers[.cacheControl] = "no-store" }
        if error == .bodyTooLarge { headers[.connection] = "close" }
        if error == .controlTokenRequired { headers[.wwwAuthenticate] = #"Bearer realm="Connect Sandbox""# }
        let details = ControlErrorBody.Details(code: error.code, message: error.message, path: request.uri.path)
        return try JSON.response(ControlErrorBody(error: details), status: error.status, headers: headers)
    }

    private func response(to refusal: Refusal, in family: APIFamily) throws -> Response {
        let outcome = refusal.outcome
        var headers = HTTPFields()
        headers[.sandboxOutcome] = outcome.key
        headers[.sandboxReason] = refusal.reason.description
        if outcome == Outcome.Shared.bodyTooLarge { headers[.connection] = "close" }
        let status = HTTPResponse.Status(code: outcome.status)
        switch outcome.wireError(in: family) {
        case .page(let error):
            let model = AuthorizationErrorPage(error, reason: refusal.reason)
            var response = pages.response(.authorizationError, model, status: status)
            response.headers.append(contentsOf: headers)
            return response
        case .connect(let error):
            if let challenge = outcome.bearerChallenge {
                headers[.wwwAuthenticate] = OAuthHeaders.challenge(OAuthError(challenge, error.message))
            }
            return outcome.isListed(where: choices)
                ? try JSON.response(ConnectErrorsBody(errors: [error]), status: status, headers: headers)
                : try JSON.response(ConnectErrorBody(error: error), status: status, headers: headers)
        case .connectErrors:
            let errors = refusal.parts.compactMap(\.connectError)
            return try JSON.response(ConnectErrorsBody(errors: errors), status: status, headers: headers)
        case .oauth(let error):
            headers[.cacheControl] = OAuthHeaders.cacheControl
            headers[.wwwAuthenticate] = OAuthHeaders.challenge(error)
            return try JSON.response(OAuthErrorBody(error), status: status, headers: headers)
        case nil:
            preconditionFailure("\(outcome) is no refusal")
        }
    }
}
