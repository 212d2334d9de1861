import ConnectCore

/// The Instacart users of a document as they are read, one after the other.
struct InstacartUsersRead {
    private(set) var users: [RetailerState.InstacartUserState] = []
    private(set) var ids: Set<InstacartUserID> = []
    private var emails: Set<EmailAddress> = []
    private var nextID: Int64 = 1

    mutating func read(_ node: DocumentNode) throws(StateDocumentError) {
        let user = try RetailerState.InstacartUserState(
            node,
            nextID: InstacartUserID(rawValue: nextID),
            isFree: { !emails.contains($0) }
        )
        guard user.id.rawValue <= InstacartUserID.largest else { throw node.error("comes after the largest id") }
        if !ids.insert(user.id).inserted { throw node.error("repeats the id \(user.id.rawValue)") }
        if !emails.insert(user.email).inserted {
            throw node.error("repeats the e-mail address \(user.email.rawValue)")
        }
        nextID = max(nextID, user.id.rawValue + 1)
        users.append(user)
    }
}

/// The Connect users of a document as they are read, one after the other.
struct ConnectUsersRead {
    private(set) var users: [RetailerState.ConnectUserState] = []
    private(set) var ids: Set<UserID> = []
    private var linked: [InstacartUserID: UserID] = [:]

    mutating func read(
        _ node: DocumentNode,
        linkingTo instacartUsers: InstacartUsersRead
    ) throws(StateDocumentError) {
        let defaultID = UserID(rawValue: "user-\(users.count + 1)")
        let (entry, link) = try RetailerState.ConnectUserState.read(node, defaultID: defaultID)
        let userID = entry.user.userID
        if !ids.insert(userID).inserted { throw node.error("repeats the user_id \(userID.rawValue)") }
        users.append(entry)
        guard let link, let target = entry.linkedTo else { return }
        guard instacartUsers.ids.contains(target) else {
            throw link.error("names the Instacart user \(target.rawValue), whom the document does not have")
        }
        if let other = linked.updateValue(userID, forKey: target) {
            throw link.error("names the Instacart user \(target.rawValue), who is linked to \(other.rawValue) already")
        }
    }
}

extension RetailerState.InstacartUserState {
    static let fieldNames = [
        "id", "email", "phone", "password", "password_hash", "instacartplus_member", "expired_at", "expires_in",
    ]

    /// - Parameters:
    ///   - node: The entry.
    ///   - nextID: The id where it names none.
    ///   - isFree: Whether an e-mail address may be made up.
    /// - Throws: ``StateDocumentError``.
    init(
        _ node: DocumentNode,
        nextID: InstacartUserID,
        isFree: (EmailAddress) -> Bool
    ) throws(StateDocumentError) {
        let fields = try node.fields(Self.fieldNames)
        let id = try fields["id"]?.instacartUserID() ?? nextID
        self.id = id
        email =
            try fields["email"]?.value("an e-mail address", EmailAddress.init(rawValue:))
            ?? EmailAddress.madeUp(for: id, isFree: isFree)
        phone = try fields["phone"]?.text() ?? "8005550100"
        switch (fields["password"], fields["password_hash"]) {
        case (let plain?, nil): password = .plain(try plain.text())
        case (nil, let hash?):
            password = .hashed(try hash.value("a scrypt hash", isSecret: true, PasswordHash.init(rawValue:)))
        case (nil, nil): password = .plain("password")
        case (.some, .some): throw node.error("must have either password or password_hash")
        }
        isMember = try fields["instacartplus_member"]?.flag() ?? false
        membershipEnd = try node.membershipEnd(in: fields) ?? (isMember ? .after(.oneYear) : nil)
    }
}

extension EmailAddress {
    /// The first address of an Instacart user's own that is free.
    static func madeUp(for id: InstacartUserID, isFree: (EmailAddress) throws -> Bool) rethrows -> EmailAddress {
        var number = 1
        while true {
            let name = number == 1 ? "user\(id.rawValue)" : "user\(id.rawValue)-\(number)"
            if let address = EmailAddress(rawValue: "\(name)@example.com"), try isFree(address) { return address }
            number += 1
        }
    }
}

extension DocumentNode {
    /// - Returns: Nil where the fields name no end.
    func membershipEnd(
        in fields: [String: DocumentNode]
    ) throws(StateDocumentError) -> RetailerState.InstacartUserState.MembershipEnd? {
        switch (fields["expired_at"], fields["expires_in"]) {
        case (nil, nil): return nil
        case (let date?, nil): return try date.text() == "never" ? .never : .at(try date.instant())
        case (nil, let period?): return .after(try period.value("a duration such as P1Y", Period.init))
        case (.some, .some): throw error("must have either expired_at or expires_in")
        }
    }
}

extension RetailerState.ConnectUserState {
    /// - Returns: The entry, and the field that links it.
    static func read(
        _ node: DocumentNode,
        defaultID: UserID
    ) throws(StateDocumentError) -> (entry: Self, link: DocumentNode?) {
        let fields = try node.fields([
            "user_id", "first_name", "last_name", "phone_number", "locale", "active", "linked_to",
        ])
        let user = ConnectUser(
            userID: try fields["user_id"].map { field throws(StateDocumentError) in
                UserID(rawValue: try field.text())
            } ?? defaultID,
            firstName: try fields["first_name"]?.text() ?? "Sandbox",
            lastName: try fields["last_name"]?.text(),
            phoneNumber: try fields["phone_number"]?.text(),
            locale: try fields["locale"]?.text(),
            isActive: try fields["active"]?.flag() ?? true
        )
        return (Self(user: user, linkedTo: try fields["linked_to"]?.instacartUserID()), fields["linked_to"])
    }
}
