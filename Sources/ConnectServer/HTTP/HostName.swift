/// The host that an authority names (RFC 3986 §3.2), without port, brackets and final dot, in lower case.
///
/// - Parameter authority: A `Host` header's value, or the part of an address that is like one.
/// - Returns: The host; the authority itself where something stands between a closing bracket and the port.
func hostName(of authority: String) -> String {
    var host = authority.lowercased()[...]
    if host.first == "[", let end = host.lastIndex(of: "]") {
        let port = host[host.index(after: end)...]
        guard port.isEmpty || port.first == ":" else { return authority }
        return String(host[host.index(after: host.startIndex)..<end])
    }
    if let colon = host.lastIndex(of: ":") { host = host[..<colon] }
    if host.last == "." { host.removeLast() }
    return String(host)
}
