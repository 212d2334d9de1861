import ConnectCore
import Testing

@Suite("New Connect user")
struct NewConnectUserTests {
    typealias Refused = Outcome.CreateUser

    @Test("all fields are taken as they are, and the user is active")
    func full() throws {
        let user = try ConnectUser(
            creating: strings([
                "user_id": "johnsmith6000", "first_name": "John", "last_name": "Smith", "phone_number": "800-555-0100",
                "locale": "en-US", "unknown": "ignored",
            ])
        )

        #expect(
            user
                == ConnectUser(
                    userID: UserID(rawValue: "johnsmith6000"),
                    firstName: "John",
                    lastName: "Smith",
                    phoneNumber: "800-555-0100",
                    locale: "en-US",
                    isActive: true
                )
        )
    }

    @Test(
        "what may be left out may be null or blank too",
        arguments: [nil, .null, .string(""), .string(" \t ")] as [FieldValue?]
    )
    func minimal(_ blank: FieldValue?) throws {
        var fields: [String: FieldValue] = ["user_id": .string("7"), "first_name": .string("John")]
        for field in ["last_name", "phone_number", "locale"] {
            fields[field] = blank
        }
        let user = try ConnectUser(creating: RequestFields(fields))

        #expect(
            user
                == ConnectUser(
                    userID: UserID(rawValue: "7"),
                    firstName: "John",
                    lastName: nil,
                    phoneNumber: nil,
                    locale: nil,
                    isActive: true
                )
        )
    }

    @Test("a user_id may be any text", arguments: ["member@example.com", "a/b?c#d%20", "0", "\u{7528}\u{6237}", " x "])
    func userID(_ userID: String) throws {
        let user = try ConnectUser(creating: strings(["user_id": userID, "first_name": "John"]))

        #expect(user.userID.rawValue == userID)
    }

    @Test("a whole number as user_id is taken as its digits")
    func integer() throws {
        let user = try ConnectUser(
            creating: RequestFields(["user_id": .integer("6000"), "first_name": .string("John")])
        )

        #expect(user.userID.rawValue == "6000")
    }

    struct Flaw: Sendable {
        let field: String
        let value: FieldValue
        let outcome: Outcome
    }

    static let flaws: [Flaw] = [
        Flaw(field: "user_id", value: .null, outcome: Refused.userIDBlank),
        Flaw(field: "user_id", value: .string(""), outcome: Refused.userIDBlank),
        Flaw(field: "user_id", value: .string("  "), outcome: Refused.userIDBlank),
        Flaw(field: "user_id", value: .bool(true), outcome: Refused.userIDInvalid),
        Flaw(field: "user_id", value: .other, outcome: Refused.userIDInvalid),
        Flaw(field: "user_id", value: .string("john\nsmith"), outcome: Refused.userIDInvalid),
        Flaw(field: "user_id", value: .string("john\u{202E}smith"), outcome: Refused.userIDInvalid),
        Flaw(field: "first_name", value: .null, outcome: Refused.firstNameBlank),
        Flaw(field: "first_name", value: .string(" "), outcome: Refused.firstNameBlank),
        Flaw(field: "first_name", value: .integer("7"), outcome: Refused.firstNameInvalid),
        Flaw(field: "first_name", value: .string("John\u{7}"), outcome: Refused.firstNameInvalid),
        Flaw(field: "last_name", value: .integer("7"), outcome: Refused.lastNameInvalid),
        Flaw(field: "last_name", value: .bool(false), outcome: Refused.lastNameInvalid),
        Flaw(field: "last_name", value: .string("Smith\r"), outcome: Refused.lastNameInvalid),
        Flaw(field: "phone_number", value: .integer("8005550100"), outcome: Refused.phoneNumberInvalid),
        Flaw(field: "phone_number", value: .other, outcome: Refused.phoneNumberInvalid),
        Flaw(field: "locale", value: .integer("1"), outcome: Refused.localeInvalid),
        Flaw(field: "locale", value: .string("en\u{0}US"), outcome: Refused.localeInvalid),
    ]

    @Test("a field that is blank, of a wrong type or with control characters is refused", arguments: Self.flaws)
    func single(_ flaw: Flaw) {
        var fields: [String: FieldValue] = ["user_id": .string("7"), "first_name": .string("John")]
        fields[flaw.field] = flaw.value
        let refusal = refused { try ConnectUser(creating: RequestFields(fields)) }

        #expect(refusal?.outcome == flaw.outcome)
        #expect(refusal?.parts == [])
        #expect(refusal?.reason.description.contains(flaw.field) == true)
    }

    @Test("names may not hold / : < > $ % or ?, wherever it stands", arguments: ["/", ":", "<", ">", "$", "%", "?"])
    func unsupported(_ character: String) {
        for name in [character, character + "John", "Jo" + character + "hn", "John" + character] {
            let first = refused { try ConnectUser(creating: strings(["user_id": "7", "first_name": name])) }
            let last = refused {
                try ConnectUser(creating: strings(["user_id": "7", "first_name": "John", "last_name": name]))
            }

            #expect(first?.outcome == Refused.firstNameInvalid)
            #expect(last?.outcome == Refused.lastNameInvalid)
        }
    }

    @Test("a combining mark does not hide such a character", arguments: ["/", ":", "<", ">", "$", "%", "?"])
    func combined(_ character: String) {
        let name = character + "\u{301}John"
        let refusal = refused { try ConnectUser(creating: strings(["user_id": "7", "first_name": name])) }

        #expect(refusal?.outcome == Refused.firstNameInvalid)
    }

    @Test("other names are fine", arguments: ["O'Brien", "Anne-Marie", "J\u{F6}rg", "\u{7528}\u{6237}", "(x) & y; z"])
    func supported(_ name: String) throws {
        let user = try ConnectUser(creating: strings(["user_id": "7", "first_name": name, "last_name": name]))

        #expect(user.firstName == name)
        #expect(user.lastName == name)
    }

    @Test("two flaws are refused as one, with both inside")
    func multiple() {
        let refusal = refused { try ConnectUser(creating: RequestFields([:])) }

        #expect(
            refusal
                == Refusal(
                    Refused.multipleErrors,
                    """
                    The field user_id is missing or blank; a text was expected. \
                    The field first_name is missing or blank; a text was expected.
                    """,
                    parts: [Refused.userIDBlank, Refused.firstNameBlank]
                )
        )
    }

    @Test("every flaw is named once")
    func all() {
        let refusal = refused {
            try ConnectUser(
                creating: RequestFields([
                    "user_id": .other, "first_name": .integer("1"), "last_name": .string("a/b"),
                    "phone_number": .bool(true), "locale": .other,
                ])
            )
        }

        #expect(refusal?.outcome == Refused.multipleErrors)
        #expect(
            Set(refusal?.parts ?? [])
                == [
                    Refused.userIDInvalid, Refused.firstNameInvalid, Refused.lastNameInvalid,
                    Refused.phoneNumberInvalid, Refused.localeInvalid,
                ]
        )
        #expect(refusal?.parts.count == 5)
    }
}
