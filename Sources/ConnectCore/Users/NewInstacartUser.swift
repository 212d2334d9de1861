/// What `POST /v2/fulfillment_sandbox/instacart_users` asks for.
///
/// Source: /connect/api/sandbox/instacart_users/create_instacart_user.
package struct NewInstacartUser: Equatable, Sendable {
    package let email: EmailAddress
    package let phone: String
    package let password: String
    /// Asked for by `instacartplus_member` or by the deprecated `express_member`.
    package let isMember: Bool

    /// - Parameter fields: The request's body.
    /// - Throws: A ``Refusal`` of ``Outcome/CreateInstacartUser``.
    package init(_ fields: RequestFields) throws(Refusal) {
        typealias Refused = Outcome.CreateInstacartUser
        var check = FieldValidation(fields)
        let address = check.required("email", blank: Refused.emailBlank, invalid: Refused.emailMistyped, isFree: true)
        let email = address.flatMap(EmailAddress.init(rawValue:))
        if let address, email == nil {
            check.refuse(Refused.emailInvalid, "The field email holds \(address), which is no e-mail address.")
        }
        let phone = check.required(
            "phone",
            blank: Refused.phoneBlank,
            invalid: Refused.phoneInvalid,
            acceptsInteger: true
        )
        let password = check.required(
            "password",
            blank: Refused.passwordBlank,
            invalid: Refused.passwordInvalid,
            isFree: true
        )
        let isExpressMember = check.flag("express_member", invalid: Refused.expressMemberInvalid)
        let isInstacartPlusMember = check.flag("instacartplus_member", invalid: Refused.instacartPlusMemberInvalid)
        try check.finish(multiple: Refused.multipleErrors)
        guard let email, let phone, let password else {
            preconditionFailure("a missing required field was not refused")
        }
        self.email = email
        self.phone = phone
        self.password = password
        isMember = isExpressMember || isInstacartPlusMember
    }
}
