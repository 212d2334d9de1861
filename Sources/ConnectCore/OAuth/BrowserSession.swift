/// A browser at the authorization URL, signed in or not.
package struct BrowserSession: Equatable, Sendable {
    /// What the cookie holds.
    package let value: String
    /// What a form of this session has to carry; another one after each form.
    package let antiForgeryToken: String

    package init(value: String, antiForgeryToken: String) {
        self.value = value
        self.antiForgeryToken = antiForgeryToken
    }

    /// A session that nobody knows yet.
    ///
    /// - Parameter environment: Where the randomness comes from.
    package init(in environment: SandboxEnvironment) {
        self.init(value: environment.randomToken(), antiForgeryToken: environment.randomToken())
    }
}

/// What the customer does with a form of the login or consent page.
package enum ConsentAction: Equatable, Sendable {
    case signIn(email: String, password: String)
    /// Signs in without a password: this is a sandbox.
    case pickUser(email: String)
    case signOut
    case allow
    case deny
}

/// What comes of it.
package enum ConsentResult: Equatable, Sendable {
    /// Another session takes the place of the presented one.
    case newSession(BrowserSession)
    /// The browser is sent back to the application.
    case allowed(location: String)
    case denied(location: String)
}
