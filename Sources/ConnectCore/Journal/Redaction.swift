import Foundation

/// Takes secrets out of what is shown of an exchange.
///
/// What cannot be read is not shown at all: it could hold any secret.
package enum Redaction {
    package static let replacement = "[redacted]"

    /// The fields of bodies, forms and queries whose values are secret.
    static let secrets: Set<String> = [
        "access_token", "anti_forgery_token", "assertion", "client_secret", "code", "code_verifier", "linking_token",
        "password", "refresh_token", "token",
        // By the method `plain` it is the verifier.
        "code_challenge",
    ]

    /// - Parameters:
    ///   - value: A header's value.
    ///   - name: Its name, in any case.
    /// - Returns: The value without its secrets; the scheme of an `Authorization` and the names of cookies stay.
    package static func header(_ value: String, named name: String) -> String {
        switch name.lowercased() {
        case "authorization", "proxy-authorization":
            let scheme = value.prefix { $0 != " " }
            return ["bearer", "basic"].contains(scheme.lowercased()) ? "\(scheme) \(replacement)" : replacement
        case "cookie":
            return value.split(whereSeparator: { $0 == ";" || $0 == "," }).map { cookie(String($0)) }.joined(
                separator: ";"
            )
        case "set-cookie":
            return cookie(value)
        case "location", "referer", "origin":
            return url(value)
        default:
            return value
        }
    }

    /// - Parameter target: A path with its query, or a whole address.
    /// - Returns: The same with the secrets of its query redacted, and of its path what follows the name of one: a client
    ///   that encodes an address twice sends its query there.
    package static func url(_ target: String) -> String {
        guard let mark = target.firstIndex(of: "?") else { return path(target) }
        return path(String(target[..<mark])) + "?" + form(String(target[target.index(after: mark)...]))
    }

    private static func path(_ path: String) -> String {
        guard path.utf8.contains(where: { [UInt8(ascii: "="), UInt8(ascii: "%")].contains($0) }) else { return path }
        let ends = secrets.flatMap { name in
            ["=", "%3d", "%253d"].compactMap { path.range(of: name + $0, options: .caseInsensitive)?.upperBound }
        }
        return ends.min().map { path[..<$0] + replacement } ?? path
    }

    /// - Parameters:
    ///   - body: What is kept of a body.
    ///   - size: How many bytes it had.
    ///   - contentType: The header, where there is one.
    /// - Returns: JSON or a form without its secrets, or what else it is; nil where it is empty.
    package static func body(_ body: [UInt8], size: Int, contentType: String?) -> String? {
        guard size > 0 else { return nil }
        let type = String(contentType?.prefix { $0 != ";" } ?? "no Content-Type").lowercased()
        if body.count == size {
            if type == "application/json", let json = json(body) { return json }
            if type == "application/x-www-form-urlencoded", let text = String(validating: body, as: UTF8.self) {
                return form(text)
            }
        }
        let shown = type.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) || $0 == " " } ? type : "?"
        return "[\(size) bytes of \(shown.prefix(100))]"
    }

    private static func cookie(_ cookie: String) -> String {
        guard let equals = cookie.firstIndex(of: "=") else { return replacement }
        let end = cookie.firstIndex(of: ";") ?? cookie.endIndex
        guard equals < end else { return replacement }
        return cookie[...equals] + replacement + cookie[end...]
    }

    private static func form(_ form: String) -> String {
        form.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let name = pair.prefix { $0 != "=" }
            let decoded = name.replacing("+", with: " ").removingPercentEncoding ?? String(name)
            // A nested name such as `token[0]` counts as its outermost part.
            let plain = decoded.prefix { $0 != "[" }.lowercased()
            // What is no pair of a plain name and a value may be a secret in another form.
            guard pair.isEmpty || name.endIndex != pair.endIndex, name.wholeMatch(of: /[\w.%+\[\]-]{0,64}/) != nil
            else {
                return replacement
            }
            let value = pair[name.endIndex...].removingPercentEncoding ?? String(pair[name.endIndex...])
            return secrets.contains(plain) || namesSecret(value) ? "\(name)=\(replacement)" : String(pair)
        }
        .joined(separator: "&")
    }

    /// Whether a value has pairs of its own: in JSON, or separated by what forms do not separate by.
    private static func namesSecret(_ value: String) -> Bool {
        let value = value.lowercased()
        return secrets.contains { name in ["=", "\"", "'", ":"].contains { value.contains(name + $0) } }
    }

    private static func json(_ body: [UInt8]) -> String? {
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed),
            let data = try? JSONSerialization.data(
                withJSONObject: redacted(object),
                options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed]
            )
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    private static func redacted(_ value: Any) -> Any {
        switch value {
        case let object as [String: Any]:
            let pairs = object.map { key, value -> (String, Any) in
                let isSecret = secrets.contains(key.lowercased()) && !isHarmless(value, key)
                return (key, isSecret ? replacement : redacted(value))
            }
            return Dictionary(pairs) { first, _ in first }
        case let list as [Any]:
            return list.map(redacted)
        default:
            return value
        }
    }

    /// An error's `code` is a number or null.
    private static func isHarmless(_ value: Any, _ key: String) -> Bool {
        value is NSNull || key == "code" && value is NSNumber
    }
}
