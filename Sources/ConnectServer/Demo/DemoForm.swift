import ConnectCore
import Hummingbird
import NIOCore

/// What the customer switcher sends.
struct DemoForm: Decodable {
    let antiForgeryToken: String
    let customer: String

    enum CodingKeys: String, CodingKey {
        case antiForgeryToken = "anti_forgery_token"
        case customer
    }

    private static let maximumSize = 16_384

    /// Reads the form.
    ///
    /// - Parameters:
    ///   - request: The post.
    ///   - session: Whose form it has to be.
    /// - Returns: The form.
    /// - Throws: ``DemoProblem/staleForm`` where it does not carry the session's token.
    static func read(_ request: Request, of session: DemoSession) async throws -> DemoForm {
        let text = try? await String(buffer: request.body.collect(upTo: maximumSize))
        guard
            let form = text.flatMap({ try? URLEncodedFormDecoder().decode(DemoForm.self, from: $0) }),
            form.antiForgeryToken.isIdentical(to: session.antiForgeryToken)
        else { throw DemoProblem.staleForm }
        return form
    }
}
