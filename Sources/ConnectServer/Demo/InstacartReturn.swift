import Hummingbird

/// What a customer comes back with from Instacart, in the query of the redirect URI.
struct InstacartReturn {
    enum Answer {
        case code(String)
        case error(String)
    }

    let answer: Answer
    let state: String?

    /// - Parameter request: One for the profile page; nil is made of one without a code or an error.
    init?(_ request: Request) {
        let query = request.uri.queryParameters
        if let error = query["error"] {
            answer = .error(String(error))
        } else if let code = query["code"] {
            answer = .code(String(code))
        } else {
            return nil
        }
        state = query["state"].map(String.init)
    }
}
