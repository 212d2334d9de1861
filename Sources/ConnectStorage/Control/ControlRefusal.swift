import ConnectCore

/// Why the sandbox's own API, or the command at start, does not do what it was asked to.
///
/// Its description is one sentence.
package struct ControlRefusal: Error, Equatable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// What was named is not there.
        case notFound
        /// Something else has what was asked for.
        case conflict
        /// What came cannot be carried out.
        case invalid
    }

    package let kind: Kind
    /// In snake case, stable.
    package let code: String
    package let description: String

    static func retailerNotFound(_ id: RetailerID) -> ControlRefusal {
        ControlRefusal(
            kind: .notFound,
            code: "retailer_not_found",
            description: "there is no retailer “\(id.rawValue)”"
        )
    }

    static func applicationNotFound(_ clientID: ClientID) -> ControlRefusal {
        ControlRefusal(
            kind: .notFound,
            code: "application_not_found",
            description: "the retailer has no application with the client_id “\(clientID.rawValue)”"
        )
    }

    static func connectUserNotFound(_ userID: UserID) -> ControlRefusal {
        ControlRefusal(
            kind: .notFound,
            code: "connect_user_not_found",
            description: "the retailer has no Connect user “\(userID.rawValue)”"
        )
    }

    static func instacartUserNotFound(_ id: String) -> ControlRefusal {
        ControlRefusal(
            kind: .notFound,
            code: "instacart_user_not_found",
            description: "the retailer has no Instacart user \(id)"
        )
    }

    static func retailerIDTaken(_ id: RetailerID) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "retailer_id_taken",
            description: "there is a retailer “\(id.rawValue)” already"
        )
    }

    static func clientIDTaken(_ clientID: ClientID) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "client_id_taken",
            description: "the client_id “\(clientID.rawValue)” is in use already"
        )
    }

    static func userIDTaken(_ userID: UserID) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "user_id_taken",
            description: "the retailer has a Connect user “\(userID.rawValue)” already"
        )
    }

    static func instacartUserIDTaken(_ id: InstacartUserID) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "instacart_user_id_taken",
            description: "the retailer has an Instacart user \(id.rawValue) already"
        )
    }

    static func emailTaken(_ email: EmailAddress) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "email_taken",
            description: "the retailer has an Instacart user with the e-mail address “\(email.rawValue)” already"
        )
    }

    static func alreadyLinked(_ id: InstacartUserID, to userID: UserID) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "already_linked",
            description: "the Instacart user \(id.rawValue) is linked to the Connect user “\(userID.rawValue)”"
        )
    }

    static func faultNotFound(_ id: String) -> ControlRefusal {
        ControlRefusal(
            kind: .notFound,
            code: "fault_not_found",
            description: "the retailer has no fault “\(id)”"
        )
    }

    static func faultIDTaken(_ id: String) -> ControlRefusal {
        ControlRefusal(
            kind: .conflict,
            code: "fault_id_taken",
            description: "the retailer has a fault “\(id)” already"
        )
    }

    static let tooManyFaults = ControlRefusal(
        kind: .conflict,
        code: "too_many_faults",
        description: "the retailer has \(RetailerControl.maximumFaults) faults already; delete some"
    )

    static let noIDLeft = ControlRefusal(
        kind: .conflict,
        code: "no_id_left",
        description: "the retailer has an Instacart user with the largest id already"
    )

    static let tokenTaken = ControlRefusal(
        kind: .conflict,
        code: "token_taken",
        description: "a code or a token of the document is another retailer's"
    )

    static let clockLimits = "a clock shows dates from 1583 to 9998"

    static func invalidDocument(_ description: String) -> ControlRefusal {
        ControlRefusal(kind: .invalid, code: "invalid_document", description: description)
    }

    static func invalidBody(_ description: String) -> ControlRefusal {
        ControlRefusal(kind: .invalid, code: "invalid_body", description: description)
    }
}
