import HTTPTypes
import Hummingbird

extension Request {
    /// Whether the browser says that a page of another site sent this.
    ///
    /// Other clients say nothing, which is no proof of anything: forms carry an anti-forgery token besides.
    var isFromAnotherSite: Bool {
        if let site = headers[.secFetchSite]?.lowercased(), site != "same-origin", site != "none" { return true }
        guard let origin = headers[.origin]?.lowercased() else { return false }
        let host = head.authority?.lowercased() ?? ""
        return origin != "http://\(host)" && origin != "https://\(host)"
    }
}
