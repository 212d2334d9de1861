import HTTPTypes

extension HTTPField.Name {
    /// The key of the outcome, on every answer under `/v2`.
    static let sandboxOutcome = sandboxName("X-Sandbox-Outcome")
    /// Why a request was refused.
    static let sandboxReason = sandboxName("X-Sandbox-Reason")
    /// What of an outcome or a broken connection a request asks for itself.
    static let sandboxFault = sandboxName("X-Sandbox-Fault")
    /// The fault that hit the request.
    static let sandboxFaultHit = sandboxName("X-Sandbox-Fault-Hit")
    /// How the connection is to break; never sent.
    static let sandboxWire = sandboxName("X-Sandbox-Wire")
    /// Accepted and ignored.
    static let retailerID = sandboxName("X-Retailer-Id")
    static let referrerPolicy = sandboxName("Referrer-Policy")
    static let secFetchSite = sandboxName("Sec-Fetch-Site")

    /// A header name that HTTPTypes does not know.
    static func sandboxName(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
