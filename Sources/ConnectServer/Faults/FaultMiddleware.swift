import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Makes requests fail that a fault hits, by their own header or by a rule of their retailer.
struct FaultMiddleware: RouterMiddleware {
    let attributions: Attributions
    let authorizePath: String
    let acceptsHeader: Bool

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard
            case .instacart(let family) = APISurface(path: path, authorizePath: authorizePath),
            let trace = context.trace
        else { return try await next(request, context) }
        let method = request.method.rawValue
        let endpoint = Endpoint(method: method, path: path, authorizePath: authorizePath)
        var hit: FaultHit?
        if acceptsHeader, let header = request.headers[.sandboxFault] {
            hit = FaultHit(id: nil, effect: try FaultEffect(header: header, endpoint: endpoint), dice: .zero)
        } else if let retailer = trace.value.attribution?.retailer {
            let target = FaultTarget(endpoint: endpoint, method: method, path: path)
            hit = try await attributions.takeFault(target, of: retailer)
        }
        guard let hit else { return try await next(request, context) }
        trace.update { $0.fault = hit }
        if hit.delay > 0 { try await wait(milliseconds: hit.delay) }
        switch hit.effect.answer {
        case nil: return try await next(request, context)
        case .wire(let wire): return wire.isCarriedOut ? try await next(request, context) : Response(status: .ok)
        case .outcome(let outcome): return try answer(outcome, in: family, hit)
        }
    }

    /// Waits, but not for longer than the server is there to answer.
    private func wait(milliseconds: Int) async throws {
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: .milliseconds(milliseconds)) }
        try Task.checkCancellation()
    }

    private func answer(_ outcome: Outcome, in family: APIFamily, _ hit: FaultHit) throws -> Response {
        guard outcome.isSuccess else {
            let reason: Reason =
                hit.id.map { "The fault \($0) of the retailer says so." } ?? "The header X-Sandbox-Fault says so."
            throw Refusal(outcome, reason, parts: outcome.exampleParts)
        }
        guard let body = try outcome.exampleBody(in: family) else {
            preconditionFailure("\(outcome.key) cannot be made up")
        }
        return Response(
            status: .init(code: outcome.status),
            headers: [.contentType: JSON.contentType, .sandboxOutcome: outcome.key],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}

extension FaultEffect {
    /// Reads `X-Sandbox-Fault`: the key of an outcome, or a kind.
    ///
    /// - Parameters:
    ///   - header: The header's value.
    ///   - endpoint: The request's.
    /// - Throws: ``Outcome/Shared/malformedBody`` where it makes no sense.
    fileprivate init(header: String, endpoint: Endpoint?) throws(Refusal) {
        if let wire = WireFault(rawValue: header) {
            self.init(answer: .wire(wire))
        } else if let status = Int(header), let outcome = Outcome.shared(forFaultStatus: status) {
            self.init(answer: .outcome(outcome))
        } else if let match = header.wholeMatch(of: /latency=([0-9]{1,5})/), let delay = Int(match.1),
            delay <= Latency.maximum
        {
            self.init(latency: .fixed(delay))
        } else if let endpoint, let outcome = Outcome.catalogue.first(where: { $0.key == header }),
            outcome.canAnswer(endpoint)
        {
            self.init(answer: .outcome(outcome))
        } else {
            throw Refusal(
                Outcome.Shared.malformedBody,
                """
                The header X-Sandbox-Fault is \(header), which is no answer of \(endpoint?.name ?? "any endpoint") \
                and none of 408, 429, 500, 503, reset, empty, truncated, malformed and latency=<milliseconds>.
                """
            )
        }
    }
}
