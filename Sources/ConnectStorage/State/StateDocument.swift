import ConnectCore

/// A state document: what one retailer owns, or several (`retailers: [ … ]`), in YAML or JSON.
///
/// Fixtures, seeds, snapshots and restores are all of this one form.
package struct StateDocument: Equatable, Sendable {
    package let retailers: [RetailerState]

    /// Reads a document strictly: an unknown field, a wrong value or a link to nobody is an error.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON.
    ///   - source: What errors call the document, such as its file's name.
    /// - Throws: ``StateDocumentError``.
    package init(parsing text: String, source: String) throws(StateDocumentError) {
        let root = try DocumentNode(parsing: text, source: source)
        let fields = try root.fields(RetailerState.fieldNames + ["retailers"])
        guard let list = fields["retailers"] else {
            retailers = [try RetailerState(root)]
            return
        }
        guard fields.count == 1 else { throw root.error("must have either retailers or the fields of one retailer") }
        var retailers: [RetailerState] = []
        for element in try list.elements() {
            retailers.append(try RetailerState(element))
        }
        self.retailers = retailers
    }
}

extension RetailerState {
    static let fieldNames = [
        "id", "name", "clock", "applications", "instacart_users", "connect_users", "faults",
    ]

    init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(Self.fieldNames)
        id = try fields["id"]?.text().asRetailerID
        name = try fields["name"]?.text()
        if let clock = fields["clock"] {
            let parts = try clock.fields(["now", "frozen"])
            now = try parts["now"]?.value("a date such as 2026-01-01T00:00:00Z", Instant.init(iso8601:))
            isFrozen = try parts["frozen"]?.flag() ?? false
        }
        for element in try fields["applications"]?.elements() ?? [] {
            applications.append(try ApplicationState(element))
        }
        for element in try fields["instacart_users"]?.elements() ?? [] {
            instacartUsers.append(try InstacartUserState(element, after: instacartUsers))
        }
        for element in try fields["connect_users"]?.elements() ?? [] {
            connectUsers.append(try ConnectUserState(element, after: connectUsers, linkingTo: instacartUsers))
        }
        if let faults = fields["faults"], try !faults.elements().isEmpty {
            throw faults.error("must be empty: this version knows no faults")
        }
    }
}

extension RetailerState.ApplicationState {
    fileprivate init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(["client_id", "client_secret", "name", "enabled", "scopes", "redirect_uris"])
        guard let uris = fields["redirect_uris"] else { throw node.error("must have the field redirect_uris") }
        redirectURIs = []
        for uri in try uris.elements() {
            redirectURIs.append(
                try uri.value("an absolute address without fragment", RedirectURI.init(rawValue:))
            )
        }
        clientID = try fields["client_id"]?.text().asClientID
        clientSecret = try fields["client_secret"]?.text().asClientSecret
        name = try fields["name"]?.text()
        isEnabled = try fields["enabled"]?.flag() ?? true
        if let list = fields["scopes"] {
            var scopes: [Scope] = []
            let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
            for scope in try list.elements() {
                scopes.append(try scope.value("one of \(known)", Scope.init(rawValue:)))
            }
            self.scopes = ScopeList(scopes)
        }
    }
}

extension RetailerState.InstacartUserState {
    fileprivate init(_ node: DocumentNode, after others: [Self]) throws(StateDocumentError) {
        let fields = try node.fields([
            "id", "email", "phone", "password", "password_hash", "instacartplus_member", "expired_at", "expires_in",
        ])
        let nextID = InstacartUserID(rawValue: (others.map(\.id.rawValue).max() ?? 0) + 1)
        let id = try fields["id"]?.value("a positive whole number", InstacartUserID.init(positiveDigits:)) ?? nextID
        self.id = id
        if others.contains(where: { $0.id == id }) { throw node.error("repeats the id \(id.rawValue)") }
        let address = try fields["email"]?.text() ?? "user\(id.rawValue)@example.com"
        guard let email = EmailAddress(rawValue: address) else {
            throw (fields["email"] ?? node).error("must be an e-mail address, not “\(address)”")
        }
        if others.contains(where: { $0.email == email }) { throw node.error("repeats the e-mail address \(address)") }
        self.email = email
        phone = try fields["phone"]?.text() ?? "8005550100"
        switch (fields["password"], fields["password_hash"]) {
        case (let plain?, nil): password = .plain(try plain.text())
        case (nil, let hash?): password = .hashed(try hash.value("a scrypt hash", PasswordHash.init(rawValue:)))
        case (nil, nil): password = .plain("password")
        case (.some, .some): throw node.error("must have either password or password_hash")
        }
        isMember = try fields["instacartplus_member"]?.flag() ?? false
        switch (fields["expired_at"], fields["expires_in"]) {
        case (let date?, nil):
            membershipEnd = .at(try date.value("a date such as 2026-01-01T00:00:00Z", Instant.init(iso8601:)))
        case (nil, let period?):
            membershipEnd = .after(try period.value("a duration such as P1Y", Period.init))
        case (nil, nil):
            membershipEnd = isMember ? .after(.oneYear) : nil
        case (.some, .some):
            throw node.error("must have either expired_at or expires_in")
        }
    }
}

extension RetailerState.ConnectUserState {
    fileprivate init(
        _ node: DocumentNode,
        after others: [Self],
        linkingTo instacartUsers: [RetailerState.InstacartUserState]
    ) throws(StateDocumentError) {
        let fields = try node.fields([
            "user_id", "first_name", "last_name", "phone_number", "locale", "active", "linked_to",
        ])
        let userID = UserID(rawValue: try fields["user_id"]?.text() ?? "user-\(others.count + 1)")
        if others.contains(where: { $0.user.userID == userID }) {
            throw node.error("repeats the user_id \(userID.rawValue)")
        }
        user = ConnectUser(
            userID: userID,
            firstName: try fields["first_name"]?.text() ?? "Sandbox",
            lastName: try fields["last_name"]?.text(),
            phoneNumber: try fields["phone_number"]?.text(),
            locale: try fields["locale"]?.text(),
            isActive: try fields["active"]?.flag() ?? true
        )
        guard let link = fields["linked_to"] else { return }
        let target = try link.value("the id of an Instacart user", InstacartUserID.init(positiveDigits:))
        guard instacartUsers.contains(where: { $0.id == target }) else {
            throw link.error("names the Instacart user \(target.rawValue), whom the document does not have")
        }
        if let other = others.first(where: { $0.linkedTo == target }) {
            throw link.error(
                "names the Instacart user \(target.rawValue), who is linked to \(other.user.userID.rawValue) already"
            )
        }
        linkedTo = target
    }
}

extension InstacartUserID {
    /// What every JSON reader takes exactly, with room for the ids after it.
    private static let largest: Int64 = 1 << 53

    fileprivate init?(positiveDigits: String) {
        guard let id = InstacartUserID(digits: positiveDigits), (1...Self.largest).contains(id.rawValue) else {
            return nil
        }
        self = id
    }
}

extension String {
    fileprivate var asRetailerID: RetailerID { RetailerID(rawValue: self) }
    fileprivate var asClientID: ClientID { ClientID(rawValue: self) }
    fileprivate var asClientSecret: ClientSecret { ClientSecret(rawValue: self) }
}
