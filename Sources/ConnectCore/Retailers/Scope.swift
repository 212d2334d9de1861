/// An OAuth scope and the grants that may carry it.
///
/// Source: /connect/api/permissions_scopes; `connect:compliance`, `connect:ian` and `connect:data_ingestion` are
/// named by the token pages of those APIs.
package enum Scope: String, CaseIterable, Sendable {
    case fulfillment = "connect:fulfillment"
    case postCheckout = "connect:post_checkout"
    case accountLinking = "account_linking"
    case ratingService = "Connect::Orders::RatingService"
    case recommendations = "connect:recommendations"
    case compliance = "connect:compliance"
    case advertising = "connect:ian"
    case dataIngestion = "connect:data_ingestion"

    /// The grants that this scope is paired with.
    package var grantTypes: Set<GrantType> {
        switch self {
        case .fulfillment, .compliance, .advertising, .dataIngestion:
            [.clientCredentials]
        case .postCheckout:
            [.fulfillmentUserAssertion]
        case .accountLinking:
            [.authorizationCode]
        case .ratingService, .recommendations:
            [.clientCredentials, .fulfillmentUserAssertion, .retailerJSONBearer]
        }
    }
}

/// Scopes in the order given, without repeats.
package struct ScopeList: Hashable, Sendable, CustomStringConvertible {
    package private(set) var scopes: [Scope] = []

    package init(_ scopes: some Sequence<Scope>) {
        for scope in scopes where !self.scopes.contains(scope) {
            self.scopes.append(scope)
        }
    }

    package var isEmpty: Bool { scopes.isEmpty }

    package func contains(_ scope: Scope) -> Bool {
        scopes.contains(scope)
    }

    package func contains(_ other: ScopeList) -> Bool {
        other.scopes.allSatisfy(scopes.contains)
    }

    /// Those that a grant may carry.
    ///
    /// - Parameter grantType: The grant.
    /// - Returns: The scopes paired with it, in the same order.
    package func paired(with grantType: GrantType) -> ScopeList {
        ScopeList(scopes.filter { $0.grantTypes.contains(grantType) })
    }

    /// Separated by a space, as RFC 6749 §3.3 writes them.
    package var description: String {
        scopes.map(\.rawValue).joined(separator: " ")
    }
}

extension ScopeList {
    /// The words of a `scope` parameter.
    ///
    /// Instacart's pages separate them by comma, RFC 6749 §3.3 by space.
    ///
    /// - Parameter parameter: The parameter's value.
    /// - Returns: The words, blank ones left out.
    package static func words(of parameter: String) -> [String] {
        parameter.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// Reads a `scope` parameter.
    ///
    /// - Parameter parameter: Scopes separated by comma or white space.
    /// - Throws: ``UnknownScope`` with the first word that is no scope.
    package init(parsing parameter: String) throws(UnknownScope) {
        try self.init(words: Self.words(of: parameter))
    }

    package init(words: [String]) throws(UnknownScope) {
        var scopes: [Scope] = []
        for word in words {
            guard let scope = Scope(rawValue: word) else { throw UnknownScope(word: word) }
            scopes.append(scope)
        }
        self.init(scopes)
    }
}

/// A word that names no scope.
package struct UnknownScope: Error, Equatable {
    package let word: String
}
