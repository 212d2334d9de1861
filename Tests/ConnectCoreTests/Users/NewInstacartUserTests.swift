import ConnectCore
import Testing

@Suite("New Instacart user")
struct NewInstacartUserTests {
    typealias Refused = Outcome.CreateInstacartUser

    static let complete: [String: FieldValue] = [
        "email": .string("Member@example.com"), "phone": .string("8005550101"), "password": .string("password"),
    ]

    @Test("e-mail, phone and password are taken as they are; nobody is a member unasked")
    func minimal() throws {
        let user = try NewInstacartUser(RequestFields(Self.complete))

        #expect(user.email.rawValue == "Member@example.com")
        #expect(user.phone == "8005550101")
        #expect(user.password == "password")
        #expect(user.isMember == false)
    }

    static let flags: [(express: FieldValue?, plus: FieldValue?, isMember: Bool)] = [
        (nil, nil, false),
        (.bool(false), .bool(false), false),
        (.null, .null, false),
        (.bool(true), nil, true),
        (nil, .bool(true), true),
        (.bool(true), .bool(false), true),
        (.bool(false), .bool(true), true),
        (.bool(true), .bool(true), true),
    ]

    @Test("either flag makes a member", arguments: Self.flags)
    func membership(_ flags: (express: FieldValue?, plus: FieldValue?, isMember: Bool)) throws {
        var fields = Self.complete
        fields["express_member"] = flags.express
        fields["instacartplus_member"] = flags.plus

        #expect(try NewInstacartUser(RequestFields(fields)).isMember == flags.isMember)
    }

    static let phones: [(FieldValue, String)] = [
        (.string("8005550101"), "8005550101"),
        (.integer("8005550101"), "8005550101"),
        (.string("call me"), "call me"),
        (.string("+1 (800) 555-0101"), "+1 (800) 555-0101"),
    ]

    @Test("any phone will do, a number as its digits", arguments: Self.phones)
    func phone(_ value: FieldValue, _ phone: String) throws {
        let fields = Self.complete.merging(["phone": value]) { _, given in given }

        #expect(try NewInstacartUser(RequestFields(fields)).phone == phone)
    }

    @Test("any password that is not blank will do", arguments: ["x", " x", "pass\nword", "\u{202E}", "p\u{E4}ss"])
    func password(_ password: String) throws {
        let fields = Self.complete.merging(["password": .string(password)]) { _, given in given }

        #expect(try NewInstacartUser(RequestFields(fields)).password == password)
    }

    struct Flaw: Sendable {
        let field: String
        let value: FieldValue
        let outcome: Outcome
    }

    static let flaws: [Flaw] = [
        Flaw(field: "email", value: .null, outcome: Refused.emailBlank),
        Flaw(field: "email", value: .string(" "), outcome: Refused.emailBlank),
        Flaw(field: "email", value: .string("member"), outcome: Refused.emailInvalid),
        Flaw(field: "email", value: .string("member@"), outcome: Refused.emailInvalid),
        Flaw(field: "email", value: .string("member@example..com"), outcome: Refused.emailInvalid),
        Flaw(field: "email", value: .integer("1"), outcome: Refused.emailMistyped),
        Flaw(field: "email", value: .other, outcome: Refused.emailMistyped),
        Flaw(field: "phone", value: .null, outcome: Refused.phoneBlank),
        Flaw(field: "phone", value: .string(""), outcome: Refused.phoneBlank),
        Flaw(field: "phone", value: .other, outcome: Refused.phoneInvalid),
        Flaw(field: "phone", value: .bool(true), outcome: Refused.phoneInvalid),
        Flaw(field: "password", value: .null, outcome: Refused.passwordBlank),
        Flaw(field: "password", value: .string(" \n"), outcome: Refused.passwordBlank),
        Flaw(field: "password", value: .integer("1234"), outcome: Refused.passwordInvalid),
        Flaw(field: "express_member", value: .string("true"), outcome: Refused.expressMemberInvalid),
        Flaw(field: "express_member", value: .integer("1"), outcome: Refused.expressMemberInvalid),
        Flaw(field: "instacartplus_member", value: .string("yes"), outcome: Refused.instacartPlusMemberInvalid),
        Flaw(field: "instacartplus_member", value: .other, outcome: Refused.instacartPlusMemberInvalid),
    ]

    @Test("a field that is blank or of a wrong type is refused by name", arguments: Self.flaws)
    func single(_ flaw: Flaw) {
        var fields = Self.complete
        fields[flaw.field] = flaw.value
        let refusal = refused { try NewInstacartUser(RequestFields(fields)) }

        #expect(refusal?.outcome == flaw.outcome)
        #expect(refusal?.parts == [])
        #expect(refusal?.reason.description.contains(flaw.field) == true)
    }

    @Test("a password is in no reason", arguments: [.integer("1234567"), .other] as [FieldValue])
    func secrecy(_ password: FieldValue) {
        let fields = Self.complete.merging(["password": password]) { _, given in given }
        let refusal = refused { try NewInstacartUser(RequestFields(fields)) }

        #expect(refusal?.reason == "The field password is not a string.")
    }

    @Test("several flaws are refused as one, with all inside")
    func multiple() {
        let refusal = refused { try NewInstacartUser(RequestFields([:])) }

        #expect(refusal?.outcome == Refused.multipleErrors)
        #expect(refusal?.parts == [Refused.emailBlank, Refused.phoneBlank, Refused.passwordBlank])
    }

    @Test("a bad e-mail address beside a bad flag is refused with both inside")
    func two() {
        let fields = Self.complete.merging(
            ["email": .string("member"), "express_member": .string("true")]
        ) { _, given in given }
        let refusal = refused { try NewInstacartUser(RequestFields(fields)) }

        #expect(refusal?.outcome == Refused.multipleErrors)
        #expect(refusal?.parts == [Refused.emailInvalid, Refused.expressMemberInvalid])
    }
}
