import ConnectCore
import Foundation
import Hummingbird

/// A form of the login or the consent page.
struct ConsentForm {
    let action: ConsentAction
    let antiForgeryToken: String
    let email: String

    /// - Throws: ``Outcome/Authorize/forgedForm`` where it is none of ours.
    init(_ request: Request) async throws {
        let text = String(buffer: try await request.body.collect(upTo: SandboxContext.maximumBodySize))
        guard let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: text) else {
            throw Refusal(Outcome.Authorize.forgedForm, "The body is not a form of these pages.")
        }
        email = fields["email"] ?? ""
        antiForgeryToken = fields["anti_forgery_token"] ?? ""
        switch fields["action"] {
        case "sign_in": action = .signIn(email: email, password: fields["password"] ?? "")
        case "pick_user": action = .pickUser(email: fields["sandbox_user"] ?? "")
        case "sign_out": action = .signOut
        case "allow": action = .allow
        case "deny": action = .deny
        default: throw Refusal(Outcome.Authorize.forgedForm, "The form has no known action.")
        }
    }
}

extension Request {
    static let consentCookieName = "connect_sandbox_session"

    var consentSession: String? {
        cookies[Self.consentCookieName]?.value
    }

    /// The query's parameters, each given once (RFC 6749 §3.1).
    ///
    /// - Returns: The parameters; nested ones, which no request has, are left out.
    /// - Throws: ``Outcome/Authorize/repeatedParameter`` or ``Outcome/Authorize/malformedQuery``.
    func authorizationParameters() throws -> [String: String] {
        do {
            return try URLEncodedFormDecoder().decode([String: FormValue].self, from: uri.query ?? "")
                .compactMapValues(\.text)
        } catch let error as URLEncodedFormError where error.code == .duplicateKeys {
            throw Refusal(Outcome.Authorize.repeatedParameter, "The parameter \(String(error.value)) is repeated.")
        } catch {
            throw Refusal(Outcome.Authorize.malformedQuery, "The query is not well-formed.")
        }
    }
}
