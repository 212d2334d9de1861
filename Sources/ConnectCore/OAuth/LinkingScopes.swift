/// Why scopes cannot be asked for with an authorization code.
struct LinkingScopesFlaw: Error {
    let reason: Reason
}

extension Application {
    /// Reads the scopes that an Instacart user is asked to consent to.
    ///
    /// `openid`, which an older page sends beside `account_linking`
    /// (/connect/sandbox_guide/how_to/test_account_linking), is dropped.
    ///
    /// - Parameter scope: The `scope` parameter.
    /// - Returns: The scopes.
    /// - Throws: ``LinkingScopesFlaw`` where one is unknown, not this application's or not a code's.
    func linkingScopes(parsing scope: String) throws(LinkingScopesFlaw) -> ScopeList {
        let words = ScopeList.words(of: scope)
        let isLinking = words.contains(Scope.accountLinking.rawValue)
        let requested: ScopeList
        do throws(UnknownScope) {
            requested = try ScopeList(words: words.filter { !(isLinking && $0 == "openid") })
        } catch {
            throw LinkingScopesFlaw(reason: "There is no scope \(error.word).")
        }
        guard scopes.contains(requested) else {
            throw LinkingScopesFlaw(reason: "The application has the scopes \(scopes), not all of \(requested).")
        }
        guard requested.paired(with: .authorizationCode) == requested, !requested.isEmpty else {
            throw LinkingScopesFlaw(reason: "An authorization code gives account_linking, not \(requested).")
        }
        return requested
    }
}
