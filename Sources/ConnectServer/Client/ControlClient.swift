package import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Asks the control API of a running server.
package struct ControlClient: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package enum Format: String, Sendable {
        case json = "application/json"
        case yaml = "application/yaml"
    }

    package struct Body: Sendable {
        let data: Data
        let format: Format

        package init(_ data: Data, format: Format) {
            self.data = data
            self.format = format
        }
    }

    let server: ServerAddress
    private let token: String?

    /// - Parameters:
    ///   - server: The server.
    ///   - token: What it was started with as `--control-token`, if with any.
    package init(server: ServerAddress, token: String?) {
        self.server = server
        self.token = token
    }

    /// Sends a request and waits for its answer: 204 to a deletion, a body in the format to everything else.
    ///
    /// Another server may answer 200 to whatever it is asked.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path.
    ///   - body: The body, where there is one.
    ///   - format: What the answer is to be written in.
    ///   - patience: How long the server may take; a large state document takes it a while.
    /// - Returns: The answer's body; empty where there is nothing to say.
    /// - Throws: ``ControlClientError`` where there is no answer, or one that says no.
    package func send(
        _ method: Method,
        _ path: ControlPath,
        body: Body? = nil,
        accepting format: Format = .json,
        within patience: Duration = .seconds(60)
    ) async throws(ControlClientError) -> Data {
        let response: HTTPExchange.Response
        do {
            response = try await exchange(readTimeout: TimeAmount(patience))
                .response(to: request(method, path, body: body, accepting: format))
        } catch {
            throw .noAnswer(server)
        }
        let data = Data(buffer: response.body)
        guard (200..<300).contains(response.status.code) else {
            throw refusal(status: response.status, body: data)
        }
        let isExpected =
            if method == .delete {
                response.status == .noContent
            } else {
                response.headers.mediaType == format.rawValue
            }
        guard isExpected else { throw .unknownAnswer(server, status: response.status.code) }
        return data
    }

    /// Reads a JSON answer.
    ///
    /// - Parameters:
    ///   - data: What was answered.
    ///   - type: What it is to be.
    /// - Returns: The answer.
    /// - Throws: ``ControlClientError/unknownAnswer(_:status:)``.
    package func decode<Answer: Decodable>(
        _ data: Data,
        as type: Answer.Type
    ) throws(ControlClientError) -> Answer {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw .unknownAnswer(server, status: HTTPResponseStatus.ok.code)
        }
    }
}

extension ControlClient {
    func exchange(readTimeout: TimeAmount) -> HTTPExchange {
        HTTPExchange(
            connection: HTTPConnection(server: server, connectTimeout: .seconds(5), readTimeout: readTimeout)
        )
    }

    /// Reads an answer that says no.
    func refusal(status: HTTPResponseStatus, body: Data) -> ControlClientError {
        guard let refusal = try? JSONDecoder().decode(ControlErrorBody.self, from: body) else {
            return .unknownAnswer(server, status: status.code)
        }
        return .refused(code: refusal.error.code, message: refusal.error.message, body: body)
    }

    func request(
        _ method: Method,
        _ path: ControlPath,
        body: Body? = nil,
        accepting format: Format = .json
    ) -> HTTPExchange.Request {
        var request = HTTPExchange.Request(method: HTTPMethod(rawValue: method.rawValue), target: path.target)
        request.headers.add(name: "Accept", value: format.rawValue)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: body.format.rawValue)
            request.body = ByteBuffer(data: body.data)
        }
        return request
    }
}

extension HTTPHeaders {
    /// The content type without its parameters.
    fileprivate var mediaType: String? {
        first(name: "Content-Type")?.prefix { $0 != ";" && !$0.isWhitespace }.lowercased()
    }
}
