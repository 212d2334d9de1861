/// One request to the storefront: whose session it belongs to, and the backend that answers it.
struct DemoVisit {
    var sessionID: String
    /// As it was when the request came.
    var session: DemoSession
    /// Whether the browser has to be told the session's id.
    var isNew: Bool
    var backend: DemoBackend

    /// The calls made so far, as the panel of the page lists them.
    func calls(for purpose: String) -> APICallGroup {
        APICallGroup(purpose: purpose, calls: backend.calls)
    }
}
