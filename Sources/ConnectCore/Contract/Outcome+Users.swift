extension Outcome {
    /// Answers of `POST /v2/fulfillment/users`.
    ///
    /// A table of its errors is documented but not public.
    package enum CreateUser {
        package static let success = Outcome(
            .createUser,
            "success",
            200,
            .success(
                example: """
                    {"user_id":"johnsmith6000","first_name":"John","last_name":"Smith","phone_number":"800-555-0100"}
                    """
            ),
            "The Connect user is created."
        )
        package static let userIDBlank = assumed("user_id_blank", .blank("user_id"))
        package static let userIDInvalid = assumed("user_id_invalid", .invalid("user_id"))
        package static let userIDTaken = Outcome(
            .createUser,
            "user_id_taken",
            400,
            .connectError(ConnectError("has already been taken", code: 1001, key: "user_id")),
            "The retailer has a Connect user with this user_id.",
            .assumed(
                basis: "ActiveModel's text, whose other texts the documented rows repeat; clients look for “already”.",
                turnedBy: .loneErrorListed
            )
        )
        package static let firstNameBlank = assumed("first_name_blank", .blank("first_name"))
        package static let firstNameInvalid = assumed("first_name_invalid", .invalid("first_name"))
        package static let lastNameInvalid = assumed("last_name_invalid", .invalid("last_name"))
        package static let phoneNumberInvalid = assumed("phone_number_invalid", .invalid("phone_number"))
        package static let localeInvalid = assumed("locale_invalid", .invalid("locale"))
        package static let multipleErrors = Outcome.multipleErrors(of: .createUser)

        static let all = [
            success, userIDBlank, userIDInvalid, userIDTaken, firstNameBlank, firstNameInvalid, lastNameInvalid,
            phoneNumberInvalid, localeInvalid, multipleErrors,
        ]

        private static func assumed(_ reason: String, _ error: ConnectError) -> Outcome {
            .assumedField(.createUser, reason, error, turnedBy: .loneErrorListed)
        }
    }

    /// Answers of `POST /v2/fulfillment/users/{user_id}/privacy_request`.
    package enum CreateUserDeletionRequest {
        package static let success = Outcome(
            .createUserDeletionRequest,
            "success",
            200,
            .success(example: #"{"success":true}"#),
            "The request is received. The Connect user is not active from now on."
        )
        package static let userNotFound = Outcome(
            .createUserDeletionRequest,
            "user_not_found",
            400,
            .connectError(.userNotFound),
            "The retailer has no Connect user with this user_id."
        )

        static let all = [success, userNotFound]
    }

    /// Two or more invalid fields of one request.
    static func multipleErrors(of endpoint: Endpoint) -> Outcome {
        Outcome(
            endpoint,
            "multiple_errors",
            400,
            .connectErrors,
            "Two or more fields are invalid.",
            .documented(page: "/connect/api/error_and_status_codes")
        )
    }

    /// A field's error whose message and code are documented for other fields, not for this one.
    static func assumedField(
        _ endpoint: Endpoint,
        _ reason: String,
        _ error: ConnectError,
        turnedBy assumption: Assumption? = nil
    ) -> Outcome {
        let field = error.key ?? ""
        let cause =
            error == .blank(field)
            ? "The field \(field) is missing, null or blank."
            : "The field \(field) is of a wrong type or holds what it may not."
        return Outcome(
            endpoint,
            reason,
            400,
            .connectError(error),
            cause,
            .assumed(
                basis: "ActiveModel's text with code 1001 and the field as key, "
                    + "as documented rows of other fields have it.",
                turnedBy: assumption
            )
        )
    }
}
