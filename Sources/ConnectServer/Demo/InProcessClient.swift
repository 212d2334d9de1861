import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// Calls the API as an HTTP client would, without a network in between: whole requests in, whole responses out.
struct InProcessClient: Sendable {
    /// The API's own.
    let responder: any HTTPResponder<SandboxContext>

    /// Sends a request and records it.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path, percent-encoded.
    ///   - token: The bearer token, where one is due.
    ///   - fields: The JSON body's, where there is one.
    ///   - context: That of the page that is being answered.
    ///   - calls: Where the call is recorded.
    /// - Returns: The answer; ``APIAnswer/none`` where the connection would have failed.
    /// - Throws: `CancellationError`, or an `EncodingError`.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        fields: [String: String]? = nil,
        context: SandboxContext,
        recording calls: inout [APICall]
    ) async throws -> APIAnswer {
        let request = try request(method, path, token: token, fields: fields)
        do {
            let response = try await responder.respond(to: request, context: context)
            if response.headers[.sandboxWire] != nil { throw IOError(errnoCode: ECONNRESET, reason: "a wire fault") }
            let body = BodyCollector()
            try await response.body.write(body)
            calls.append(
                APICall(
                    method: method.rawValue,
                    path: path,
                    status: String(response.status.code),
                    outcome: response.headers[.sandboxOutcome] ?? "",
                    reason: response.headers[.sandboxReason] ?? ""
                )
            )
            return APIAnswer(status: response.status.code, body: Data(buffer: body.buffer))
        } catch let error as CancellationError {
            throw error
        } catch {
            calls.append(
                APICall(method: method.rawValue, path: path, status: "none", outcome: "", reason: "No answer came.")
            )
            return .none
        }
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String?,
        fields: [String: String]?
    ) throws -> Request {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
        head.headerFields[.accept] = "application/json"
        if let token { head.headerFields[.authorization] = "Bearer \(token)" }
        guard let fields else { return Request(head: head, body: RequestBody(buffer: ByteBuffer())) }
        let body = ByteBuffer(data: try JSONEncoder().encode(fields))
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.contentLength] = String(body.readableBytes)
        return Request(head: head, body: RequestBody(buffer: body))
    }
}
