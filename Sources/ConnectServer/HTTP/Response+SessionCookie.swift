import HTTPTypes
import Hummingbird

extension Response {
    /// Sets a cookie that ends with the browser, that no script reads and that other sites' forms do not bring along.
    ///
    /// Hummingbird writes a cookie's attributes in an order of its own each time; here they are sorted, so that answers
    /// are the same from run to run.
    mutating func setSessionCookie(_ name: String, _ value: String, path: String) {
        let cookie = Cookie(name: name, value: value, path: path, httpOnly: true, sameSite: .lax)
        let parts = cookie.description.split(separator: "; ")
        let sorted = parts.prefix(1) + parts.dropFirst().sorted()
        headers.append(HTTPField(name: .setCookie, value: sorted.joined(separator: "; ")))
    }
}
