extension ConnectUser {
    /// What `POST /v2/fulfillment/users` asks for.
    ///
    /// Source: /connect/api/fulfillment/users/create_user.
    ///
    /// - Parameter fields: The request's body.
    /// - Throws: A ``Refusal`` of ``Outcome/CreateUser``.
    package init(creating fields: RequestFields) throws(Refusal) {
        typealias Refused = Outcome.CreateUser
        var check = FieldValidation(fields)
        let userID = check.required(
            "user_id",
            blank: Refused.userIDBlank,
            invalid: Refused.userIDInvalid,
            acceptsInteger: true
        )
        let firstName = check.required(
            "first_name",
            blank: Refused.firstNameBlank,
            invalid: Refused.firstNameInvalid
        )
        let lastName = check.optional("last_name", invalid: Refused.lastNameInvalid)
        let phoneNumber = check.optional("phone_number", invalid: Refused.phoneNumberInvalid)
        let locale = check.optional("locale", invalid: Refused.localeInvalid)
        check.refuseUnsupportedCharacters(of: "first_name", firstName, Refused.firstNameInvalid)
        check.refuseUnsupportedCharacters(of: "last_name", lastName, Refused.lastNameInvalid)
        try check.finish(multiple: Refused.multipleErrors)
        guard let userID, let firstName else { preconditionFailure("a missing required field was not refused") }
        self.init(
            userID: UserID(rawValue: userID),
            firstName: firstName,
            lastName: lastName,
            phoneNumber: phoneNumber,
            locale: locale,
            isActive: true
        )
    }
}

extension FieldValidation {
    /// Names may not hold any of `/ : < > $ % ?` (/connect/api/fulfillment/users/create_user).
    fileprivate mutating func refuseUnsupportedCharacters(of field: String, _ name: String?, _ invalid: Outcome) {
        guard let scalar = name?.unicodeScalars.first(where: { "/:<>$%?".unicodeScalars.contains($0) }) else { return }
        refuse(invalid, "The field \(field) holds the character \(String(scalar)), which names may not.")
    }
}
