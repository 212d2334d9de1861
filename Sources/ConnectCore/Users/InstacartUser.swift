/// The number of an Instacart user, unique within its retailer.
package struct InstacartUserID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Reads decimal digits and nothing else.
    package init?(digits: String) {
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let rawValue = Int64(digits) else { return nil }
        self.rawValue = rawValue
    }
}

/// A customer's account with Instacart, as the sandbox makes it up.
///
/// Source: /connect/api/sandbox/instacart_users/create_instacart_user.
package struct InstacartUser: Equatable, Sendable {
    package let id: InstacartUserID
    package var email: EmailAddress
    package var phone: String
    package var passwordHash: PasswordHash
    package var membership: Membership

    package init(
        id: InstacartUserID,
        email: EmailAddress,
        phone: String,
        passwordHash: PasswordHash,
        membership: Membership
    ) {
        self.id = id
        self.email = email
        self.phone = phone
        self.passwordHash = passwordHash
        self.membership = membership
    }
}
