/// The rules of `…/users/{user_id}/link`, in the order in which they are checked: the Connect user is found, is active,
/// the linking token is there, is good, and both sides are free.
///
/// Source: the rows of /connect/api/fulfillment/users/link_user; the retry after `User Not Found` in
/// /connect/fulfillment_guide/how_to/link_an_instacart_account needs the first to come first.
package enum Linking {
    /// Reads the linking token.
    ///
    /// - Parameter fields: The request's body.
    /// - Returns: The token's value.
    /// - Throws: ``Outcome/LinkUser/linkingTokenBlank`` or ``Outcome/LinkUser/linkingTokenMistyped``.
    package static func linkingToken(in fields: RequestFields) throws(Refusal) -> String {
        switch fields["linking_token"] {
        case .string(let token) where !token.isBlank:
            return token
        case .null, .string:
            throw Refusal(Outcome.LinkUser.linkingTokenBlank, "The field linking_token is missing or blank.")
        default:
            throw Refusal(Outcome.LinkUser.linkingTokenMistyped, "The field linking_token is not a string.")
        }
    }

    /// Checks a linking token.
    ///
    /// A clone of the application may have obtained it: the retailer counts.
    ///
    /// - Parameters:
    ///   - found: The token with the presented value, if there is one.
    ///   - isOfRetailer: Whether it is the bearer's retailer's.
    ///   - now: The retailer's time.
    /// - Returns: The Instacart user who consented.
    /// - Throws: A ``Refusal`` with one of the `linking_token` outcomes of ``Outcome/LinkUser``.
    package static func instacartUser(
        of found: AccessToken?,
        isOfRetailer: Bool,
        at now: Instant
    ) throws(Refusal) -> InstacartUserID {
        typealias Refused = Outcome.LinkUser
        guard let found else { throw Refusal(Refused.linkingTokenInvalid, "No linking token has this value.") }
        guard isOfRetailer else {
            throw Refusal(Refused.linkingTokenOtherRetailer, "The linking token is another retailer's.")
        }
        guard case .instacartUser(let id) = found.subject, found.scopes.contains(.accountLinking) else {
            throw Refusal(
                Refused.linkingTokenWrongScope,
                "The linking token has the scopes \(found.scopes); account_linking was expected."
            )
        }
        switch found.state(at: now) {
        case .active:
            return id
        case .revoked:
            throw Refusal(Refused.linkingTokenRevoked, "The linking token was revoked.")
        case .expired:
            throw Refusal(
                Refused.linkingTokenExpired,
                "The linking token expired at \(found.expiresAt); it is \(now)."
            )
        }
    }

    /// Decides what linking the two would come to.
    ///
    /// A refused link does not use the linking token up, nor does a good one.
    ///
    /// - Parameters:
    ///   - connectUser: The Connect user.
    ///   - instacartUser: The Instacart user.
    ///   - linkedInstacartUser: Whom the Connect user is linked to.
    ///   - linkedConnectUser: Whom the Instacart user is linked to.
    ///   - choices: Whether two that are linked to each other may be linked again.
    /// - Returns: ``Outcome/LinkUser/success`` where the link is now to be made, or
    ///   ``Outcome/LinkUser/alreadyLinkedToEachOther``.
    /// - Throws: ``Outcome/LinkUser/instacartUserAlreadyLinked``, ``Outcome/LinkUser/connectUserAlreadyLinked`` or
    ///   ``Outcome/LinkUser/sameLinkRefused``.
    package static func decide(
        linking connectUser: UserID,
        to instacartUser: InstacartUserID,
        linkedInstacartUser: InstacartUserID?,
        linkedConnectUser: UserID?,
        choices: Choices
    ) throws(Refusal) -> Outcome {
        typealias Answers = Outcome.LinkUser
        if let linkedConnectUser, linkedConnectUser != connectUser {
            throw Refusal(
                Answers.instacartUserAlreadyLinked,
                "The Instacart user \(instacartUser) is linked to the Connect user \(linkedConnectUser)."
            )
        }
        if let linkedInstacartUser, linkedInstacartUser != instacartUser {
            throw Refusal(
                Answers.connectUserAlreadyLinked,
                "The Connect user \(connectUser) is linked to the Instacart user \(linkedInstacartUser)."
            )
        }
        guard linkedInstacartUser != nil else { return Answers.success }
        guard !choices.assumptions.contains(.relinkRefused) else {
            throw Refusal(
                Answers.sameLinkRefused,
                "The Connect user \(connectUser) is linked to the Instacart user \(instacartUser) already."
            )
        }
        return Answers.alreadyLinkedToEachOther
    }
}
