import ConnectCore

extension Outcome {
    /// What a refusal puts on the wire.
    enum WireError {
        case page(OAuthError)
        case connect(ConnectError)
        case connectErrors
        case oauth(OAuthError)
    }

    /// The error in the shape of a family.
    ///
    /// - Parameter family: That of whichever endpoint answers.
    /// - Returns: The error; nil where this is no refusal.
    func wireError(in family: APIFamily) -> WireError? {
        switch (answer, family) {
        case (.errorPage(let error), _), (.eitherError(_, let error), .browser): .page(error)
        case (.connectError(let error), _), (.eitherError(let error, _), .connect): .connect(error)
        case (.connectErrors, _): .connectErrors
        case (.oauthError(let error), _), (.eitherError(_, let error), .oauth): .oauth(error)
        case (.success, _), (.page, _), (.redirect, _): nil
        }
    }
}

extension Outcome {
    /// The single Connect error that it answers.
    var connectError: ConnectError? {
        if case .connectError(let error) = answer { error } else { nil }
    }

    /// Whether its error, which is alone, is answered in the form of several.
    func isListed(where choices: Choices) -> Bool {
        assumption == .loneErrorListed && choices.assumptions.contains(.loneErrorListed)
    }
}
