#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The assertion of the user-level grants: Base64 of JSON with the Connect user's `user_id`, unsigned.
///
/// Source: /connect/post-checkout_guide/tutorials/get_an_access_token. The sample there decodes to
/// `{ "user_id": kamalsingh1234}`, which is no JSON; it is read all the same.
package struct UserAssertion: Equatable, Sendable {
    package let userID: UserID

    /// - Parameter assertion: The `assertion` parameter.
    /// - Throws: ``Outcome/GenerateAccessToken/invalidAssertion``.
    package init(_ assertion: String?) throws(Refusal) {
        guard let assertion else { throw Self.refusal("The parameter assertion is missing.") }
        guard let data = Data(base64Encoded: assertion) else {
            throw Self.refusal("The assertion is not standard Base64.")
        }
        guard let userID = Self.userID(in: data), !userID.isBlank else {
            throw Self.refusal("The assertion does not decode to a JSON object with a user_id.")
        }
        self.userID = UserID(rawValue: userID)
    }

    /// Checks that the Connect user may be acted for.
    ///
    /// - Parameter user: The user with the assertion's id, if there is one.
    /// - Returns: The user.
    /// - Throws: ``Outcome/GenerateAccessToken/invalidAssertion``.
    package func subject(_ user: ConnectUser?) throws(Refusal) -> ConnectUser {
        guard let user else { throw Self.refusal("The retailer has no Connect user \(userID).") }
        guard user.isActive else { throw Self.refusal("The Connect user \(userID) is not active.") }
        return user
    }

    private static func refusal(_ reason: Reason) -> Refusal {
        Refusal(Outcome.GenerateAccessToken.invalidAssertion, reason)
    }

    private static func userID(in data: Data) -> String? {
        guard let fields = try? RequestFields(json: data) else { return userID(inUnquotedSample: data) }
        switch fields["user_id"] {
        case .string(let userID): return userID
        case .integer(let digits): return digits
        default: return nil
        }
    }

    private static func userID(inUnquotedSample data: Data) -> String? {
        let pattern = /\s*\{\s*"user_id"\s*:\s*([A-Za-z_][\w.@+\-]*)\s*\}\s*/
        return String(bytes: data, encoding: .utf8)?.wholeMatch(of: pattern).map { String($0.1) }
    }
}
