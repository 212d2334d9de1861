/// The retailer's own name for a customer: a login name, a loyalty number or an e-mail address.
package struct UserID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static func == (left: UserID, right: UserID) -> Bool {
        left.rawValue.isIdentical(to: right.rawValue)
    }
}

/// A customer as the retailer made them known to Connect.
///
/// Source: /connect/api/fulfillment/users/create_user.
package struct ConnectUser: Equatable, Sendable {
    package let userID: UserID
    package var firstName: String
    package var lastName: String?
    package var phoneNumber: String?
    package var locale: String?
    /// False once deletion was requested; linking endpoints then answer `User Not Active`.
    package var isActive: Bool

    package init(
        userID: UserID,
        firstName: String,
        lastName: String?,
        phoneNumber: String?,
        locale: String?,
        isActive: Bool
    ) {
        self.userID = userID
        self.firstName = firstName
        self.lastName = lastName
        self.phoneNumber = phoneNumber
        self.locale = locale
        self.isActive = isActive
    }
}
