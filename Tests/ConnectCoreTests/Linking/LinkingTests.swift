import ConnectCore
import Testing

@Suite("Linking rules")
struct LinkingTests {
    typealias Answers = Outcome.LinkUser

    static let john = UserID(rawValue: "johnsmith6000")
    static let maria = UserID(rawValue: "maria")
    static let three = InstacartUserID(rawValue: 3)
    static let four = InstacartUserID(rawValue: 4)

    @Test("the linking token is read as it is")
    func linkingToken() throws {
        #expect(try Linking.linkingToken(in: strings(["linking_token": " token "])) == " token ")
    }

    @Test(
        "a missing, null or blank linking token is blank",
        arguments: [nil, .null, .string(""), .string(" ")] as [FieldValue?]
    )
    func blank(_ value: FieldValue?) {
        var fields: [String: FieldValue] = [:]
        fields["linking_token"] = value
        let refusal = refused { try Linking.linkingToken(in: RequestFields(fields)) }

        #expect(
            refusal == Refusal(Answers.linkingTokenBlank, "The field linking_token is missing or blank.")
        )
    }

    @Test(
        "a linking token of a wrong type is invalid",
        arguments: [.integer("1"), .bool(true), .other] as [FieldValue]
    )
    func mistyped(_ value: FieldValue) {
        let refusal = refused { try Linking.linkingToken(in: RequestFields(["linking_token": value])) }

        #expect(
            refusal == Refusal(Answers.linkingTokenMistyped, "The field linking_token is not a string.")
        )
    }

    @Test("a good linking token names the Instacart user who consented")
    func instacartUser() throws {
        #expect(try Linking.instacartUser(of: .linkingToken(), isOfRetailer: true, at: newYear) == Self.three)
    }

    struct Token: Sendable {
        let token: AccessToken?
        var isOfRetailer = true
        var seconds: Int64 = 0
        let outcome: Outcome
    }

    /// Each has, beside its own flaw, those that are looked for later.
    static let tokens: [Token] = [
        Token(token: nil, isOfRetailer: false, outcome: Answers.linkingTokenInvalid),
        Token(
            token: .sample(revokedAt: newYear),
            isOfRetailer: false,
            seconds: 90_000,
            outcome: Answers.linkingTokenOtherRetailer
        ),
        Token(token: .linkingToken(), isOfRetailer: false, outcome: Answers.linkingTokenOtherRetailer),
        Token(token: .sample(revokedAt: newYear), seconds: 90_000, outcome: Answers.linkingTokenWrongScope),
        Token(token: .sample(), outcome: Answers.linkingTokenWrongScope),
        Token(token: .sample(scopes: [.accountLinking]), outcome: Answers.linkingTokenWrongScope),
        Token(
            token: .sample(scopes: [.accountLinking], subject: .connectUser(john)),
            outcome: Answers.linkingTokenWrongScope
        ),
        Token(token: .linkingToken(scopes: [.fulfillment]), outcome: Answers.linkingTokenWrongScope),
        Token(token: .linkingToken(scopes: []), outcome: Answers.linkingTokenWrongScope),
        Token(token: .linkingToken(revokedAt: newYear), seconds: 90_000, outcome: Answers.linkingTokenRevoked),
        Token(token: .linkingToken(), seconds: 86_400, outcome: Answers.linkingTokenExpired),
    ]

    @Test(
        "a linking token must exist, be the retailer's, be for linking, and be neither revoked nor expired",
        arguments: Self.tokens
    )
    func refusedToken(_ row: Token) {
        let refusal = refused {
            try Linking.instacartUser(
                of: row.token,
                isOfRetailer: row.isOfRetailer,
                at: newYear.adding(seconds: row.seconds)
            )
        }

        #expect(refusal?.outcome == row.outcome)
    }

    @Test("a linking token is good until the millisecond it expires")
    func expiry() throws {
        let now = newYear.adding(milliseconds: 86_399_999)

        #expect(try Linking.instacartUser(of: .linkingToken(), isOfRetailer: true, at: now) == Self.three)
    }

    @Test("two that are free are linked")
    func free() throws {
        let outcome = try Linking.decide(
            linking: Self.john,
            to: Self.three,
            linkedInstacartUser: nil,
            linkedConnectUser: nil,
            choices: Choices()
        )

        #expect(outcome == Answers.success)
    }

    @Test("two that are linked to each other are refused where the assumption is turned")
    func againRefused() {
        let refusal = refused {
            try Linking.decide(
                linking: Self.john,
                to: Self.three,
                linkedInstacartUser: Self.three,
                linkedConnectUser: Self.john,
                choices: Choices(assumptions: [.relinkRefused])
            )
        }

        #expect(refusal?.outcome == Answers.sameLinkRefused)
    }

    @Test("two that are linked to each other stay so")
    func again() throws {
        let outcome = try Linking.decide(
            linking: Self.john,
            to: Self.three,
            linkedInstacartUser: Self.three,
            linkedConnectUser: Self.john,
            choices: Choices()
        )

        #expect(outcome == Answers.alreadyLinkedToEachOther)
    }

    @Test("an Instacart user who is linked to another Connect user is refused")
    func instacartUserTaken() {
        let refusal = refused {
            try Linking.decide(
                linking: Self.john,
                to: Self.three,
                linkedInstacartUser: nil,
                linkedConnectUser: Self.maria,
                choices: Choices()
            )
        }

        #expect(
            refusal
                == Refusal(
                    Answers.instacartUserAlreadyLinked,
                    "The Instacart user 3 is linked to the Connect user maria."
                )
        )
    }

    @Test("a Connect user who is linked to another Instacart user is refused")
    func connectUserTaken() {
        let refusal = refused {
            try Linking.decide(
                linking: Self.john,
                to: Self.three,
                linkedInstacartUser: Self.four,
                linkedConnectUser: nil,
                choices: Choices()
            )
        }

        #expect(
            refusal
                == Refusal(
                    Answers.connectUserAlreadyLinked,
                    "The Connect user johnsmith6000 is linked to the Instacart user 4."
                )
        )
    }

    @Test("where both are taken, the Instacart user's link, the documented one, is told")
    func bothTaken() {
        let refusal = refused {
            try Linking.decide(
                linking: Self.john,
                to: Self.three,
                linkedInstacartUser: Self.four,
                linkedConnectUser: Self.maria,
                choices: Choices()
            )
        }

        #expect(refusal?.outcome == Answers.instacartUserAlreadyLinked)
    }
}
