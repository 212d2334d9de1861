import Foundation
import Hummingbird

extension RequestContext {
    /// A parameter of the path, percent-decoded: user ids may be e-mail addresses.
    ///
    /// - Parameter name: The parameter.
    /// - Returns: Its value; as it came, where it is not percent-encoded UTF-8, so that it names nobody.
    func pathParameter(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        return raw.removingPercentEncoding ?? raw
    }
}
