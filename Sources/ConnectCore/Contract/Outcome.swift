/// One documented or assumed answer of one endpoint: a row of the outcome catalogue.
///
/// Everything that answers a request, arms a fault, writes the ledger or describes the API reads these values; none
/// of them spells out a status or a message of its own.
package struct Outcome: Hashable, Sendable {
    /// `<endpoint>.<reason>` in snake case, stable: test suites name it.
    ///
    /// `any.<reason>` where every endpoint shares it.
    package let key: String
    /// Whose answer it is; nil where every endpoint shares it.
    package let endpoint: Endpoint?
    /// The HTTP status code.
    package let status: Int
    package let answer: Answer
    /// When it is answered, as one sentence.
    package let cause: String
    package let provenance: Provenance

    /// What the response carries.
    package enum Answer: Hashable, Sendable {
        /// A success; the example is a body of this shape, as JSON.
        case success(example: String)
        /// An error in the shape of the endpoint's family.
        case connectError(ConnectError)
        case oauthError(OAuthError)
        /// A page that asks the customer for something.
        case page
        /// A redirect to the application; the example is a `Location`.
        case redirect(example: String)
        /// A page that says what is wrong, never a redirect.
        case errorPage(OAuthError)
        /// Two or more Connect errors in one body, code 9999. Which ones depends on the request.
        case connectErrors
        /// An error that takes the shape of the family of whichever endpoint answers it.
        case eitherError(connect: ConnectError, oauth: OAuthError)
    }

    /// Where an outcome comes from.
    ///
    /// Documented beats assumed, assumed beats invented.
    package enum Provenance: Hashable, Sendable {
        /// Stated on this page of docs.instacart.com.
        case documented(page: String)
        /// Nowhere stated; chosen for this reason.
        ///
        /// Where another answer is as likely, an assumption can be turned to get it.
        case assumed(basis: String, turnedBy: Assumption? = nil)
    }

    /// The assumption that it rests on, where it can be turned.
    package var assumption: Assumption? {
        if case .assumed(_, let assumption) = provenance { assumption } else { nil }
    }

    package var isSuccess: Bool {
        switch answer {
        case .success, .page, .redirect: true
        default: false
        }
    }
}

extension Outcome: CustomStringConvertible {
    package var description: String { key }
}

extension Outcome {
    init(
        _ endpoint: Endpoint,
        _ reason: String,
        _ status: Int,
        _ answer: Answer,
        _ cause: String,
        _ provenance: Provenance? = nil
    ) {
        self.init(
            key: "\(endpoint.name).\(reason)",
            endpoint: endpoint,
            status: status,
            answer: answer,
            cause: cause,
            provenance: provenance ?? .documented(page: endpoint.page)
        )
    }

    init(shared reason: String, _ status: Int, _ answer: Answer, _ cause: String, _ provenance: Provenance) {
        self.init(
            key: "any.\(reason)",
            endpoint: nil,
            status: status,
            answer: answer,
            cause: cause,
            provenance: provenance
        )
    }
}
