import ConnectCore
import Foundation
import Hummingbird
import NIOFoundationCompat

extension Request {
    /// Reads a JSON body.
    ///
    /// - Returns: The fields, or ``Outcome/Shared/malformedBody``: the order of a verb's checks decides when it counts.
    func jsonFields() async throws -> Result<RequestFields, Refusal> {
        jsonFields(in: try await collectedBody())
    }

    private func jsonFields(in body: ByteBuffer) -> Result<RequestFields, Refusal> {
        guard mediaType?.isType(.applicationJson) == true else { return .failure(wrongContentType) }
        do {
            return .success(try RequestFields(json: Data(buffer: body)))
        } catch {
            return .failure(Refusal(Outcome.Shared.malformedBody, "The body is not a well-formed JSON object."))
        }
    }

    /// Reads the parameters of an OAuth request, from JSON as Instacart documents it or from a form (RFC 6749 §3.2).
    ///
    /// - Throws: ``Outcome/Shared/malformedBody``.
    func oauthParameters() async throws -> RequestFields {
        try oauthParameters(in: await collectedBody())
    }

    /// The same of a body that was read before.
    func oauthParameters(in body: ByteBuffer) throws -> RequestFields {
        guard mediaType?.isType(.applicationUrlEncoded) == true else { return try jsonFields(in: body).get() }
        let form = String(buffer: body)
        do {
            return RequestFields(
                try URLEncodedFormDecoder().decode([String: FormValue].self, from: form).mapValues {
                    $0.text.map(FieldValue.string) ?? .other
                }
            )
        } catch let error as URLEncodedFormError where error.code == .duplicateKeys {
            throw Refusal(Outcome.Shared.malformedBody, "The form repeats the parameter \(String(error.value)).")
        } catch {
            throw Refusal(Outcome.Shared.malformedBody, "The body is not a well-formed form.")
        }
    }

    private var mediaType: MediaType? {
        headers[.contentType].flatMap(MediaType.init(from:))
    }

    private var wrongContentType: Refusal {
        Refusal(
            Outcome.Shared.malformedBody,
            "The Content-Type \(headers[.contentType] ?? "") is not application/json."
        )
    }

    private func collectedBody() async throws -> ByteBuffer {
        try await body.collect(upTo: SandboxContext.maximumBodySize)
    }
}
