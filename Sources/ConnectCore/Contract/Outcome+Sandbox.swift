extension Outcome {
    /// Answers of `POST /v2/fulfillment_sandbox/instacart_users`.
    package enum CreateInstacartUser {
        package static let success = Outcome(
            .createInstacartUser,
            "success",
            200,
            .success(example: #"{"id":1}"#),
            "The Instacart user is created."
        )
        package static let emailTaken = Outcome(
            .createInstacartUser,
            "email_taken",
            400,
            .connectError(ConnectError("An account already exists with this email", code: 1001, key: "email")),
            "The retailer has an Instacart user with this e-mail address, but for case."
        )
        package static let emailBlank = assumed("email_blank", .blank("email"))
        package static let emailInvalid = Outcome(
            .createInstacartUser,
            "email_invalid",
            400,
            .connectError(ConnectError("Invalid email", code: 1001, key: "email")),
            "The e-mail address is none.",
            .assumed(
                basis: "Documented for the sibling /connect/api/sandbox/shoppers/create_shopper.",
                turnedBy: .loneErrorListed
            )
        )
        package static let emailMistyped = assumed("email_mistyped", .invalid("email"))
        package static let phoneBlank = assumed("phone_blank", .blank("phone"))
        package static let phoneInvalid = assumed("phone_invalid", .invalid("phone"))
        package static let passwordBlank = assumed("password_blank", .blank("password"))
        package static let passwordInvalid = assumed("password_invalid", .invalid("password"))
        package static let expressMemberInvalid = assumed("express_member_invalid", .invalid("express_member"))
        package static let instacartPlusMemberInvalid = assumed(
            "instacartplus_member_invalid",
            .invalid("instacartplus_member")
        )
        package static let multipleErrors = Outcome.multipleErrors(of: .createInstacartUser)

        static let all = [
            success, emailTaken, emailBlank, emailInvalid, emailMistyped, phoneBlank, phoneInvalid, passwordBlank,
            passwordInvalid, expressMemberInvalid, instacartPlusMemberInvalid, multipleErrors,
        ]

        private static func assumed(_ reason: String, _ error: ConnectError) -> Outcome {
            .assumedField(.createInstacartUser, reason, error, turnedBy: .loneErrorListed)
        }
    }

    /// Answers of `POST /v2/fulfillment_sandbox/instacart_users/{user_id}/authorize`.
    package enum AuthorizeInstacartUser {
        package static let success = Outcome(
            .authorizeInstacartUser,
            "success",
            200,
            .success(example: #"{"code":"zth2LONsv7xVq76ocOcS9ZYwc_eZLdDNX74Z9gSgilk"}"#),
            "An authorization code is issued, as if the Instacart user had consented."
        )
        package static let userIDInvalid = Outcome(
            .authorizeInstacartUser,
            "user_id_invalid",
            400,
            .connectError(ConnectError("Invalid user_id", code: 1001, key: "user_id")),
            "The retailer has no Instacart user with this id, or it is no number."
        )
        package static let redirectURIBlank = assumed("redirect_uri_blank", .blank("redirect_uri"))
        package static let redirectURIInvalid = assumed("redirect_uri_invalid", .invalid("redirect_uri"))
        package static let scopeBlank = assumed("scope_blank", .blank("scope"))
        package static let scopeInvalid = assumed("scope_invalid", .invalid("scope"))
        package static let codeChallengeInvalid = assumed("code_challenge_invalid", .invalid("code_challenge"))
        package static let codeChallengeMethodInvalid = assumed(
            "code_challenge_method_invalid",
            .invalid("code_challenge_method")
        )
        package static let multipleErrors = Outcome.multipleErrors(of: .authorizeInstacartUser)

        static let all = [
            success, userIDInvalid, redirectURIBlank, redirectURIInvalid, scopeBlank, scopeInvalid,
            codeChallengeInvalid, codeChallengeMethodInvalid, multipleErrors,
        ]

        private static func assumed(_ reason: String, _ error: ConnectError) -> Outcome {
            .assumedField(.authorizeInstacartUser, reason, error, turnedBy: .loneErrorListed)
        }
    }
}
