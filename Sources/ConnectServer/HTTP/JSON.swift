import Foundation
import Hummingbird
import NIOFoundationCompat

/// One way of writing JSON: keys sorted, so that answers are the same from run to run, and slashes as they are.
enum JSON {
    static let contentType = "application/json; charset=utf-8"

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// - Throws: An `EncodingError`.
    static func data(_ body: some Encodable) throws -> Data {
        try encoder.encode(body)
    }

    /// - Throws: An `EncodingError`.
    static func response(
        _ body: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        var headers = headers
        headers[.contentType] = contentType
        let buffer = ByteBuffer(data: try data(body))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }
}
