import ConnectCore
import Foundation
import Hummingbird

extension Request {
    /// The bearer token of the `Authorization` header (RFC 6750 §2.1); its scheme is read without case.
    var bearerToken: BearerToken? {
        credentials(scheme: "bearer").map(BearerToken.init(rawValue:))
    }

    /// The client credentials of an `Authorization: Basic` header (RFC 6749 §2.3.1), form-decoded.
    var basicCredentials: ClientCredentials.Basic? {
        guard let encoded = credentials(scheme: "basic") else { return nil }
        let text = Data(base64Encoded: encoded).flatMap { String(bytes: $0, encoding: .utf8) } ?? ""
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { part in
            part.replacing("+", with: " ").removingPercentEncoding ?? String(part)
        }
        return ClientCredentials.Basic(
            clientID: ClientID(rawValue: parts[0]),
            clientSecret: ClientSecret(rawValue: parts.count > 1 ? parts[1] : "")
        )
    }

    private func credentials(scheme: String) -> String? {
        guard let header = headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme else { return nil }
        let credentials = parts[1].trimmingPrefix { $0 == " " }
        return credentials.isEmpty ? nil : String(credentials)
    }
}
