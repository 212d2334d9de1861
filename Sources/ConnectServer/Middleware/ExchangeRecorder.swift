import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Records, counts and logs what goes over the wire for Instacart and the metadata, and breaks the connection where a
/// fault says so.
struct ExchangeRecorder: RouterMiddleware {
    let database: SandboxDatabase
    let journal: Journal
    let metrics: Metrics
    let attributions: Attributions
    let authorizePath: String
    let logger: Logger

    func handle(
        _ request: Request,
        context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard isRecorded(path) else { return try await logging(request, context, next) }
        let time = database.environment.now()
        let start = ContinuousClock.now
        let trace = RequestTrace()
        var context = context
        context.trace = trace
        var response = try await next(request, context)
        let body = BodyCollector()
        try await response.body.write(body)
        let known = trace.value
        var attribution = known.attribution
        if attribution == nil {
            attribution = await attributions.attribution(of: request, body: known.body, authorizePath: authorizePath)
        }
        if let fault = known.fault { response.headers[.sandboxFaultHit] = fault.id ?? "header" }
        var answered = body.buffer
        if case .wire(let wire) = known.fault?.effect.answer {
            answered = wire.applied(to: answered)
            response.headers[.sandboxWire] = wire.rawValue
        }
        response.body = ResponseBody(byteBuffer: answered)
        let isAnswered = response.headers[.sandboxWire].flatMap(WireFault.init(rawValue:))?.isCarriedOut ?? true
        let elapsed = ContinuousClock.now - start
        let exchange = journal.append { id in
            Exchange(
                id: id,
                time: time,
                retailer: attribution?.retailer,
                clientID: attribution?.clientID,
                endpoint: Endpoint(method: request.method.rawValue, path: path, authorizePath: authorizePath),
                method: request.method.rawValue,
                target: request.uri.string,
                status: isAnswered ? response.status.code : nil,
                outcome: isAnswered ? response.headers[.sandboxOutcome] : nil,
                reason: isAnswered ? response.headers[.sandboxReason] : nil,
                microseconds: elapsed.microseconds,
                fault: known.fault.map { $0.id ?? "header" },
                request: Exchange.Message(
                    request.headers,
                    known.body,
                    size: request.announcedBodySize,
                    host: request.head.authority
                ),
                response: isAnswered ? Exchange.Message(response.headers, answered) : nil
            )
        }
        metrics.count(exchange)
        logger.log(exchange)
        return response
    }

    /// What is no exchange is only of interest to who looks for a fault in the sandbox.
    private func logging(
        _ request: Request,
        _ context: SandboxContext,
        _ next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        logger.debug(
            "\(request.method) \(Redaction.url(request.uri.path).cut(to: 300))",
            metadata: [
                "status": .stringConvertible(response.status.code),
                "duration_ms": .stringConvertible(Double((ContinuousClock.now - start).microseconds) / 1000),
            ]
        )
        return response
    }

    private func isRecorded(_ path: String) -> Bool {
        path.hasPrefix("/.well-known/") || APISurface(path: path, authorizePath: authorizePath) != .sandbox
    }
}

extension Request {
    /// What the headers say, where the body was not read.
    fileprivate var announcedBodySize: Int? { headers[.contentLength].flatMap { Int($0) } }
}

extension Exchange.Message {
    fileprivate init(_ fields: HTTPFields, _ body: ByteBuffer, size: Int? = nil, host: String? = nil) {
        let shown = fields.filter { $0.name != .sandboxWire }
        self.init(
            headers: (host.map { [("Host", $0)] } ?? []) + shown.map { ($0.name.rawName, $0.value) },
            body: Array(body.readableBytesView.prefix(Exchange.keptBody)),
            bodySize: max(body.readableBytes, size ?? 0)
        )
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}

extension WireFault {
    /// What is left of a body: the connection is broken elsewhere.
    fileprivate func applied(to body: ByteBuffer) -> ByteBuffer {
        // Without its last byte no object of JSON is one.
        self == .malformed ? body.getSlice(at: body.readerIndex, length: max(0, body.readableBytes - 1)) ?? body : body
    }
}
