import ConnectCore

extension RetailerState.ApplicationState {
    init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(["client_id", "client_secret", "name", "enabled", "scopes", "redirect_uris"])
        guard let uris = fields["redirect_uris"] else { throw node.error("must have the field redirect_uris") }
        redirectURIs = try uris.redirectURIs()
        clientID = try fields["client_id"]?.clientID()
        clientSecret = try fields["client_secret"]?.clientSecret()
        name = try fields["name"]?.text()
        isEnabled = try fields["enabled"]?.flag() ?? true
        if let scopes = fields["scopes"] { self.scopes = try scopes.scopes() }
    }
}

extension DocumentNode {
    func clientID() throws(StateDocumentError) -> ClientID { ClientID(rawValue: try text()) }

    func clientSecret() throws(StateDocumentError) -> ClientSecret { ClientSecret(rawValue: try text()) }

    func redirectURIs() throws(StateDocumentError) -> [RedirectURI] {
        var uris: [RedirectURI] = []
        for element in try elements() {
            uris.append(try element.value("an absolute address without fragment", RedirectURI.init(rawValue:)))
        }
        return uris
    }

    func scopes() throws(StateDocumentError) -> ScopeList {
        let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
        var scopes: [Scope] = []
        for element in try elements() {
            scopes.append(try element.value("one of \(known)", Scope.init(rawValue:)))
        }
        return ScopeList(scopes)
    }

    func instant() throws(StateDocumentError) -> Instant {
        try value("a date such as 2026-01-01T00:00:00Z", Instant.init(iso8601:))
    }

    func instacartUserID() throws(StateDocumentError) -> InstacartUserID {
        try value("a positive whole number", InstacartUserID.init(positiveDigits:))
    }
}

extension InstacartUserID {
    /// Half of what an id can be, so that there is room for those after it.
    static let largest: Int64 = 1 << 62

    init?(positiveDigits: String) {
        guard let id = InstacartUserID(digits: positiveDigits), (1...Self.largest).contains(id.rawValue) else {
            return nil
        }
        self = id
    }
}
