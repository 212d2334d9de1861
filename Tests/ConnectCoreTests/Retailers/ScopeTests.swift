import ConnectCore
import Testing

@Suite("Scopes")
struct ScopeTests {
    static let pairs: [(Scope, Set<GrantType>)] = [
        (.fulfillment, [.clientCredentials]),
        (.postCheckout, [.fulfillmentUserAssertion]),
        (.accountLinking, [.authorizationCode]),
        (.ratingService, [.clientCredentials, .fulfillmentUserAssertion, .retailerJSONBearer]),
        (.recommendations, [.clientCredentials, .fulfillmentUserAssertion, .retailerJSONBearer]),
        (.compliance, [.clientCredentials]),
        (.advertising, [.clientCredentials]),
        (.dataIngestion, [.clientCredentials]),
    ]

    @Test("a scope goes with the grants that the permissions page pairs it with", arguments: Self.pairs)
    func pairing(_ scope: Scope, _ grants: Set<GrantType>) {
        #expect(scope.grantTypes == grants)
    }

    @Test("the table of pairs has every scope once")
    func complete() {
        #expect(Self.pairs.map { $0.0 } == Scope.allCases)
    }

    static let names: [(Scope, String)] = [
        (.fulfillment, "connect:fulfillment"),
        (.postCheckout, "connect:post_checkout"),
        (.accountLinking, "account_linking"),
        (.ratingService, "Connect::Orders::RatingService"),
        (.recommendations, "connect:recommendations"),
        (.compliance, "connect:compliance"),
        (.advertising, "connect:ian"),
        (.dataIngestion, "connect:data_ingestion"),
    ]

    @Test("a scope is spelled as the documentation spells it", arguments: Self.names)
    func name(_ scope: Scope, _ name: String) {
        #expect(scope.rawValue == name)
    }

    @Test("a list keeps those that a grant may carry, in their order")
    func paired() {
        let all = ScopeList([.recommendations, .accountLinking, .fulfillment, .postCheckout])

        #expect(all.paired(with: .clientCredentials) == ScopeList([.recommendations, .fulfillment]))
        #expect(all.paired(with: .authorizationCode) == ScopeList([.accountLinking]))
        #expect(all.paired(with: .fulfillmentUserAssertion) == ScopeList([.recommendations, .postCheckout]))
        #expect(all.paired(with: .refreshToken).isEmpty)
    }

    static let parameters: [(String, [Scope])] = [
        ("connect:fulfillment", [.fulfillment]),
        ("connect:fulfillment,connect:post_checkout", [.fulfillment, .postCheckout]),
        ("connect:fulfillment connect:post_checkout", [.fulfillment, .postCheckout]),
        ("connect:fulfillment, account_linking\tconnect:ian\n", [.fulfillment, .accountLinking, .advertising]),
        (" ,, connect:fulfillment ,", [.fulfillment]),
        ("account_linking connect:fulfillment", [.accountLinking, .fulfillment]),
        ("account_linking,connect:ian account_linking", [.accountLinking, .advertising]),
        ("Connect::Orders::RatingService", [.ratingService]),
        ("", []),
        (" , ", []),
    ]

    @Test("a parameter is separated by comma, white space or both; repeats are dropped", arguments: Self.parameters)
    func parse(_ parameter: String, _ scopes: [Scope]) throws {
        #expect(try ScopeList(parsing: parameter).scopes == scopes)
    }

    static let unknownWords: [(String, String)] = [
        ("openid", "openid"),
        ("account_linking openid email", "openid"),
        ("Account_Linking", "Account_Linking"),
        ("connect:fulfillment;account_linking", "connect:fulfillment;account_linking"),
        ("connect", "connect"),
    ]

    @Test("the first word that is no scope is named", arguments: Self.unknownWords)
    func unknown(_ parameter: String, _ word: String) {
        let error = #expect(throws: UnknownScope.self) { try ScopeList(parsing: parameter) }

        #expect(error?.word == word)
    }

    @Test("a list is written with spaces")
    func description() {
        #expect(ScopeList([.fulfillment, .accountLinking]).description == "connect:fulfillment account_linking")
        #expect(ScopeList([]).description.isEmpty)
    }

    @Test("a list contains another where it has all of its scopes, in any order")
    func containment() {
        let list = ScopeList([.fulfillment, .accountLinking])

        #expect(list.contains(ScopeList([.accountLinking, .fulfillment])))
        #expect(list.contains(ScopeList([])))
        #expect(list.contains(.accountLinking))
        #expect(list.contains(.advertising) == false)
        #expect(list.contains(ScopeList([.fulfillment, .advertising])) == false)
    }
}
