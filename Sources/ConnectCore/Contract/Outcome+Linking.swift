extension Outcome {
    /// Answers of `POST /v2/fulfillment/users/{user_id}/link`.
    package enum LinkUser {
        package static let success = Outcome(
            .linkUser,
            "success",
            200,
            .success(example: #"{"success":true}"#),
            "The Connect user is linked to the linking token's Instacart user."
        )
        package static let alreadyLinkedToEachOther = Outcome(
            .linkUser,
            "success_already_linked",
            200,
            .success(example: #"{"success":true}"#),
            "The two were linked to each other before; nothing changes.",
            .assumed(basis: "Nothing is documented; an answer that a retry can live with.", turnedBy: .relinkRefused)
        )
        package static let userNotFound = Outcome(
            .linkUser,
            "user_not_found",
            400,
            .connectError(.userNotFound),
            "The retailer has no Connect user with this user_id."
        )
        package static let userNotActive = Outcome(
            .linkUser,
            "user_not_active",
            403,
            .connectError(.userNotActive),
            "Deletion of the Connect user was requested."
        )
        package static let linkingTokenBlank = Outcome(
            .linkUser,
            "linking_token_blank",
            400,
            .connectError(.blank("linking_token")),
            "The linking token is missing, null or blank."
        )
        package static let linkingTokenMistyped = assumedField(
            .linkUser,
            "linking_token_mistyped",
            .invalid("linking_token")
        )
        package static let linkingTokenInvalid = Outcome(
            .linkUser,
            "linking_token_invalid",
            400,
            invalidToken,
            "No token has this value."
        )
        package static let linkingTokenExpired = assumed(
            "linking_token_expired",
            "The linking token is past its lifetime."
        )
        package static let linkingTokenRevoked = assumed(
            "linking_token_revoked",
            "The linking token was revoked, or its code was replayed."
        )
        package static let linkingTokenWrongScope = assumed(
            "linking_token_wrong_scope",
            "The token was not issued from an authorization code for account_linking."
        )
        package static let linkingTokenOtherRetailer = assumed(
            "linking_token_other_retailer",
            "The linking token is another retailer's."
        )
        package static let instacartUserAlreadyLinked = Outcome(
            .linkUser,
            "instacart_user_already_linked",
            400,
            validationFailed,
            "The Instacart user is linked to another Connect user of the retailer."
        )
        package static let connectUserAlreadyLinked = Outcome(
            .linkUser,
            "connect_user_already_linked",
            400,
            validationFailed,
            "The Connect user is linked to another Instacart user.",
            .assumed(basis: "Nothing is documented; the documented uniqueness error, met from the other side.")
        )

        package static let sameLinkRefused = Outcome(
            .linkUser,
            "same_link_refused",
            400,
            validationFailed,
            "The two are linked to each other, and linking them again is refused.",
            .assumed(
                basis: "Nothing is documented; the documented uniqueness error, taken to the letter.",
                turnedBy: .relinkRefused
            )
        )

        static let all = [
            success, alreadyLinkedToEachOther, userNotFound, userNotActive, linkingTokenBlank, linkingTokenMistyped,
            linkingTokenInvalid, linkingTokenExpired, linkingTokenRevoked, linkingTokenWrongScope,
            linkingTokenOtherRetailer, instacartUserAlreadyLinked, connectUserAlreadyLinked, sameLinkRefused,
        ]

        private static let invalidToken = Answer.connectError(
            ConnectError("Linking token is invalid", code: 1001, key: "linking_token")
        )
        private static let validationFailed = Answer.connectError(
            ConnectError(
                "Validation failed: Common identities can only have one user per isolation context",
                code: 1001,
                key: "linking_token"
            )
        )

        private static func assumed(_ reason: String, _ cause: String) -> Outcome {
            Outcome(
                .linkUser,
                reason,
                400,
                invalidToken,
                cause,
                .assumed(basis: "The documented row for an invalid linking token does not say what makes it so.")
            )
        }
    }

    /// Answers of `GET /v2/fulfillment/users/{user_id}/link`.
    package enum GetUserLink {
        package static let success = Outcome(
            .getUserLink,
            "success",
            200,
            .success(
                example: #"{"express_member":true,"instacartplus_member":true,"expired_at":"2021-06-30T00:00:00Z"}"#
            ),
            "The Connect user is linked to an Instacart user with a membership in force."
        )
        package static let notAMember = Outcome(
            .getUserLink,
            "success_not_a_member",
            200,
            .success(example: #"{"express_member":false,"instacartplus_member":false}"#),
            "The Connect user is linked to an Instacart user without a membership in force.",
            .assumed(basis: "expired_at is documented as optional, “if exists”; that it is left out here is not.")
        )
        package static let userNotFound = Outcome(
            .getUserLink,
            "user_not_found",
            400,
            .connectError(.userNotFound),
            "The retailer has no Connect user with this user_id."
        )
        package static let userNotLinked = Outcome(
            .getUserLink,
            "user_not_linked",
            400,
            .connectError(ConnectError("User Not Linked", code: 1001, key: "user_id")),
            "The Connect user is not linked."
        )
        package static let userNotActive = Outcome(
            .getUserLink,
            "user_not_active",
            403,
            .connectError(.userNotActive),
            "Deletion of the Connect user was requested."
        )

        static let all = [success, notAMember, userNotFound, userNotLinked, userNotActive]
    }
}
